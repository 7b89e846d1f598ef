(* Splitting: the facts by which the tactic `sizes` splits a claim into cases.                *)
Require Import ZArith Lia.
Require Import Coq.Logic.Decidable.
From Symconv Require Import Floors.
Open Scope Z_scope.

Lemma sizes_and : forall A B : Prop, A -> (A -> B) -> A /\ B.
Proof. tauto. Qed.
Lemma sizes_or : forall A B : Prop, decidable A -> (~ A -> B) -> A \/ B.
Proof. unfold decidable; tauto. Qed.
Lemma sizes_iff : forall A B : Prop, decidable A -> (A <-> B) -> A /\ B \/ ~ A /\ ~ B.
Proof. unfold decidable; tauto. Qed.
Lemma sizes_imp : forall A B : Prop, decidable A -> (A -> B) -> ~ A \/ B.
Proof. unfold decidable; tauto. Qed.
Lemma sizes_le : forall a b : Z, (b < a -> False) -> a <= b.
Proof. lia. Qed.
Lemma sizes_eq : forall a b : Z, (a < b -> False) -> (b < a -> False) -> a = b.
Proof. lia. Qed.
Lemma sizes_ne : forall a b : Z, a <> b -> a < b \/ b < a.
Proof. lia. Qed.
Lemma gap_lt : forall a b : Z, a < b -> 0 <= b - a - 1.
Proof. lia. Qed.
Lemma gap_le : forall a b : Z, a <= b -> 0 <= b - a.
Proof. lia. Qed.
Lemma leb_cases : forall a b : Z, (a <=? b) = true /\ a <= b \/ (a <=? b) = false /\ b < a.
Proof. lia. Qed.
Lemma ltb_cases : forall a b : Z, (a <? b) = true /\ a < b \/ (a <? b) = false /\ b <= a.
Proof. lia. Qed.
Lemma eqb_cases : forall a b : Z, (a =? b) = true /\ a = b \/ (a =? b) = false /\ a <> b.
Proof. lia. Qed.
Lemma min_cases : forall a b : Z, Z.min a b = a /\ a <= b \/ Z.min a b = b /\ b < a.
Proof. lia. Qed.
Lemma max_cases : forall a b : Z, Z.max a b = b /\ a <= b \/ Z.max a b = a /\ b < a.
Proof. lia. Qed.
Lemma near_cases : forall a b : Z,
  a <= b - 2 \/ a = b - 1 \/ a = b \/ a = b + 1 \/ b + 2 <= a.
Proof. lia. Qed.
Lemma solved_minus : forall a b v : Z, a = b -> v = v - (a - b).
Proof. lia. Qed.
Lemma solved_plus : forall a b v : Z, a = b -> v = v + (a - b).
Proof. lia. Qed.

(* Notes for the tactic, which lia does not read: s is a divisor, q is x / s, q and r are done. *)
Definition divisor (s : Z) : Prop := 0 <= s - 1.
Definition quotient (q x s : Z) : Prop := q = x / s.
Definition compared (q r : Z) : Prop := True.
Definition kept (e : Z) : Prop := 0 <= e.
Lemma kept_of : forall e : Z, 0 <= e -> kept e.
Proof. trivial. Qed.
Lemma product_kept : forall s e : Z, divisor s -> 0 <= e -> kept ((s - 1) * e).
Proof. unfold divisor, kept; intros; apply Z.mul_nonneg_nonneg; assumption. Qed.
Lemma divisor_of : forall s : Z, 1 <= s -> divisor s.
Proof. unfold divisor; lia. Qed.
Lemma quotient_of : forall x s : Z, quotient (x / s) x s.
Proof. reflexivity. Qed.
Lemma quotient_low : forall x s : Z, 1 <= s -> 0 <= x - s * (x / s).
Proof. intros x s Hs. pose proof (floor_spec x s Hs). lia. Qed.
Lemma quotient_high : forall x s : Z, 1 <= s -> 0 <= s * (x / s) + s - x - 1.
Proof. intros x s Hs. pose proof (floor_spec x s Hs). lia. Qed.
Lemma quotient_same : forall q r x y s : Z, quotient q x s -> quotient r y s -> x = y -> q = r.
Proof. unfold quotient; intros; subst; reflexivity. Qed.
Lemma quotient_out : forall q x y c s : Z,
  quotient q x s -> divisor s -> x = y + s * c -> q = y / s + c.
Proof.
  unfold quotient, divisor; intros; subst. rewrite (Z.mul_comm s c). apply floor_add. lia.
Qed.
Lemma floor_out : forall x y c s : Z, 1 <= s -> x = y + s * c -> x / s = y / s + c.
Proof. intros; apply (quotient_out (x / s) x); [reflexivity | apply divisor_of | ]; assumption. Qed.
Lemma quotient_from_zero : forall q x s : Z, quotient q x s -> divisor s -> 0 <= x -> 0 <= q.
Proof. unfold quotient, divisor; intros; subst; apply Z.div_pos; lia. Qed.
Lemma quotient_to_zero : forall q x s : Z, quotient q x s -> divisor s -> x < s -> q <= 0.
Proof.
  unfold quotient, divisor; intros; subst. apply Z.nlt_ge; intro.
  assert (1 * s <= x) by (apply floor_le_iff; lia). lia.
Qed.
