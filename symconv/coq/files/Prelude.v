(* Prelude: the tactic `sizes`, which closes claims about sizes. The generated proofs use it. *)
(* Claims: +, -, *, /, mod, Z.min, Z.max, if on <=? <? =?, and <=, <, =, /\, \/, ~, <->, ->.   *)
(* It goes by product lemmas and lia; nia is only the last resort, with a limit of time.      *)
Require Import ZArith Lia.
Require Import Coq.Logic.Decidable.
From Symconv Require Import Floors.
Export Floors.
Open Scope Z_scope.

(* The laws that `sizes` unfolds: Laws.v and the generated files add theirs to this base.     *)
Create HintDb laws.

(* ---- The tactic `sizes`: what its steps apply ---- *)

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
Lemma quotient_from_zero : forall q x s : Z, quotient q x s -> divisor s -> 0 <= x -> 0 <= q.
Proof. unfold quotient, divisor; intros; subst; apply Z.div_pos; lia. Qed.
Lemma quotient_to_zero : forall q x s : Z, quotient q x s -> divisor s -> x < s -> q <= 0.
Proof.
  unfold quotient, divisor; intros; subst. apply Z.nlt_ge; intro.
  assert (1 * s <= x) by (apply floor_le_iff; lia). lia.
Qed.

(* ---- The tactic `sizes`: its steps ---- *)

Ltac unfold_laws := repeat progress autounfold with laws in *.
Ltac simplify := rewrite ?Z.div_1_r, ?Z.mod_1_r in *.

Ltac decidable_claim := solve [repeat first
  [ apply Z.le_decidable | apply Z.lt_decidable | apply Z.eq_decidable | apply dec_and
  | apply dec_or | apply dec_not | apply dec_iff | apply dec_imp
  | apply dec_Zge | apply dec_Zgt | apply dec_True | apply dec_False ]].

(* The goal is split and refuted: what is left to show is False. *)
Ltac split_goal := lazymatch goal with
  | |- _ /\ _ => apply sizes_and; [split_goal | intro; split_goal]
  | |- _ <-> _ => split; intro; split_goal
  | |- _ \/ _ => apply sizes_or; [decidable_claim | intro; split_goal]
  | |- _ <= _ => apply sizes_le; intro
  | |- _ < _ => apply Z.nle_gt; intro
  | |- _ >= _ => apply Z.le_ge; split_goal
  | |- _ > _ => apply Z.lt_gt; split_goal
  | |- @eq Z _ _ => apply sizes_eq; intro
  | |- ~ _ => intro
  | |- _ -> _ => intro; split_goal
  | |- _ => idtac
  end.

(* Hypotheses are split down to comparisons: first where that leaves one case. *)
Ltac settle := repeat match goal with
  | H : forall _ : Z, _ |- _ => clear H
  | H : True |- _ => clear H
  | H : False |- _ => destruct H
  | H : _ /\ _ |- _ => destruct H
  | H : exists _, _ |- _ => destruct H
  | H : ~ (_ <= _) |- _ => apply Z.nle_gt in H
  | H : ~ (_ < _) |- _ => apply Z.nlt_ge in H
  | H : ~ (@eq Z _ _) |- _ => apply sizes_ne in H
  | H : ~ (_ >= _) |- _ => apply Znot_ge_lt in H
  | H : ~ (_ > _) |- _ => apply Znot_gt_le in H
  | H : ~ (_ \/ _) |- _ => apply not_or in H
  | H : ~ (_ /\ _) |- _ => apply not_and in H; [ | decidable_claim]
  | H : ~ ~ _ |- _ => apply not_not in H; [ | decidable_claim]
  | H : ~ (_ <-> _) |- _ => apply not_iff in H; [ | decidable_claim | decidable_claim]
  | H : ~ (_ -> _) |- _ => apply not_imp in H; [ | decidable_claim]
  | H : ~ _ |- _ => fail
  | H : _ <-> _ |- _ => apply sizes_iff in H; [ | decidable_claim]
  | H : _ -> _ |- _ => apply sizes_imp in H; [ | decidable_claim]
  | H : _ >= _ |- _ => apply Z.ge_le in H
  | H : _ > _ |- _ => apply Z.gt_lt in H
  end.

(* Then a test, a minimum, a maximum or an alternative is decided: two cases. *)
Ltac decide_with cases :=
  let E := fresh in let H := fresh in
  destruct cases as [[E H] | [E H]]; rewrite E in *; clear E; cbn [andb orb negb Bool.eqb] in *.
Ltac decide_one := match goal with
  | _ : context [?a <=? ?b] |- _ => decide_with (leb_cases a b)
  | _ : context [?a <? ?b] |- _ => decide_with (ltb_cases a b)
  | _ : context [?a =? ?b] |- _ => decide_with (eqb_cases a b)
  | _ : context [Z.min ?a ?b] |- _ => decide_with (min_cases a b)
  | _ : context [Z.max ?a ?b] |- _ => decide_with (max_cases a b)
  | |- context [?a <=? ?b] => decide_with (leb_cases a b)
  | |- context [?a <? ?b] => decide_with (ltb_cases a b)
  | |- context [?a =? ?b] => decide_with (eqb_cases a b)
  | H : _ \/ _ |- _ => destruct H
  end.

(* An equality with a variable as one of its summands is solved for it and used up. *)
Ltac added v e := match e with
  | v => idtac | 1 * ?a => added v a | ?a * 1 => added v a
  | ?a + _ => added v a | _ + ?b => added v b | ?a - _ => added v a | _ - ?b => taken v b end
with taken v e := match e with
  | - ?a => added v a | 1 * ?a => taken v a | ?a * 1 => taken v a
  | ?a + _ => taken v a | _ + ?b => taken v b | ?a - _ => taken v a | _ - ?b => added v b end.
Ltac solve_with solved H v :=
  let E := fresh in
  pose proof (solved _ _ v H) as E;
  match type of E with _ = ?e => ring_simplify e in E end;
  lazymatch type of E with _ = ?e =>
    lazymatch e with context [v] => fail | _ => subst v; clear H end end.
Ltac solve_equalities := repeat match goal with
  | H : @eq Z ?a ?b |- _ => is_var a; subst a
  | H : @eq Z ?a ?b |- _ => is_var b; subst b
  | H : @eq Z ?a ?b, v : Z |- _ => first
      [ first [added v a | taken v b]; solve_with solved_minus H v
      | first [taken v a | added v b]; solve_with solved_plus H v ]
  end.

(* Proves that a divisor is positive. *)
Ltac positive := first
  [ lia | apply mul_ge_one; positive | apply (Zlt_le_succ 0); apply Z.pow_pos_nonneg; lia ].
Ltac note_divisor s P := lazymatch goal with
  | _ : divisor s |- _ => idtac
  | _ => pose proof (divisor_of s P) end.

(* Every quotient becomes a variable with the two inequalities of the floor. *)
Ltac floor_of x s :=
  let P := fresh "P" in let q := fresh "q" in
  assert (P : 1 <= s) by positive;
  pose proof (quotient_low x s P); pose proof (quotient_high x s P);
  pose proof (quotient_of x s); note_divisor s P; clear P;
  set (q := x / s) in *; clearbody q.
Ltac mod_of x s :=
  let P := fresh "P" in
  assert (P : 1 <= s) by positive; rewrite (mod_spec x s P) in *; clear P.
Ltac floors :=
  repeat match goal with
  | _ : context [?x mod ?s] |- _ => mod_of x s
  | |- context [?x mod ?s] => mod_of x s end;
  repeat match goal with
  | _ : context [?x / ?s] |- _ => floor_of x s
  | |- context [?x / ?s] => floor_of x s end.

(* Inequalities in the form 0 <= e, and their list; the list of the divisors. *)
Ltac gaps := repeat match goal with
  | H : @eq Z ?a ?b |- _ => pose proof (gap_le a b (Z.eq_le_incl a b H));
      pose proof (gap_le b a (Z.eq_le_incl b a (eq_sym H))); clear H
  | H : _ < _ |- _ => apply gap_lt in H
  | H : ?a <= _ |- _ => lazymatch a with 0 => fail | _ => apply gap_le in H end
  end.
Ltac inequalities found := match goal with
  | H : 0 <= _ |- _ =>
      lazymatch found with context [H] => fail | _ => inequalities (found, H) end
  | _ => found end.
Ltac divisors found := match goal with
  | H : divisor _ |- _ =>
      lazymatch found with context [H] => fail | _ => divisors (found, H) end
  | _ => found end.

(* Every inequality times every divisor; then the claim is linear in the products. *)
Ltac multiply_one H facts := lazymatch facts with
  | (?rest, ?G) => pose proof (Z.mul_nonneg_nonneg _ _ H G); multiply_one H rest
  | _ => idtac end.
Ltac multiply heads facts := lazymatch heads with
  | (?rest, ?H) => multiply_one H facts; multiply rest facts
  | _ => idtac end.
Ltac by_products :=
  solve_equalities; gaps;
  let facts := inequalities tt in let heads := divisors tt in
  solve [multiply heads facts; lia].

(* Two quotients with one divisor and the same dividend are one. *)
Ltac merge := repeat match goal with
  | Q : quotient ?q ?x ?s, R : quotient ?r ?y ?s |- _ =>
      is_var q; is_var r; lazymatch q with r => fail | _ => idtac end;
      assert (q = r) by (apply (quotient_same q r x y s Q R); lia); subst q; clear Q
  end.

(* The sign of a quotient, where the dividend shows it. *)
Ltac signs := repeat match goal with
  | Q : quotient ?q ?x ?s |- _ =>
      lazymatch goal with _ : compared q 0 |- _ => fail | _ => idtac end;
      assert (compared q 0) by exact I;
      try (assert (0 <= q) by (apply (quotient_from_zero q x s Q); [ assumption | lia]));
      try (assert (q <= 0) by (apply (quotient_to_zero q x s Q); [ assumption | lia]))
  end; repeat match goal with H : compared _ 0 |- _ => clear H end.

(* A quotient is compared with another, with a factor of its divisor, or with 0: five cases. *)
Ltac compare q r :=
  lazymatch q with r => fail | _ => idtac end;
  lazymatch goal with
  | _ : compared q r |- _ => fail
  | _ : compared r q |- _ => fail
  | _ => idtac end;
  assert (compared q r) by exact I;
  destruct (near_cases q r) as [? | [? | [? | [? | ?]]]].
Ltac factor_of q x s := match x with
  | context [s * ?r] => compare q r
  | context [?r * s] => compare q r end.
Ltac comparison := match goal with
  | _ : quotient ?q _ ?s, _ : quotient ?r _ ?s |- _ => is_var q; is_var r; compare q r
  | _ : quotient ?q ?x ?s |- _ => is_var q; factor_of q x s
  | _ : quotient ?q _ _, _ : quotient ?r _ _ |- _ => is_var q; is_var r; compare q r
  | _ : quotient ?q _ _ |- _ => is_var q; compare q 0
  end.
Ltac search depth :=
  solve_equalities;
  first [ lia | by_products
        | lazymatch depth with S ?less => comparison; search less end ].

Ltac cases := settle;
  first [ lia
        | tryif decide_one then cases
          else (solve_equalities; simplify; floors; solve_equalities; merge; signs;
                first [search 3%nat | timeout 10 nia]) ].

(* The whole: closes a claim about sizes, or fails. *)
Ltac sizes :=
  intros; unfold_laws;
  solve [lia | split_goal; settle; solve_equalities; simplify; floors; cases].
