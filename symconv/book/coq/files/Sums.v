(* Sums: the sum of f(0), ..., f(n - 1); sums are compared point by point, without axioms.    *)
Require Import ZArith Lia.
Open Scope Z_scope.

Fixpoint total (f : Z -> Z) (n : nat) : Z :=
  match n with O => 0 | S m => total f m + f (Z.of_nat m) end.
Definition sum (n : Z) (f : Z -> Z) : Z := total f (Z.to_nat n).

(* To prove a property of sums: show it for 0, and from n to n + 1. *)
Lemma sum_of_none : forall (n : Z) (f : Z -> Z), n <= 0 -> sum n f = 0.
Proof. intros n f H. unfold sum. replace (Z.to_nat n) with O by lia. reflexivity. Qed.

Lemma sum_of_more : forall (n : Z) (f : Z -> Z), 0 <= n -> sum (n + 1) f = sum n f + f n.
Proof.
  intros n f H. unfold sum. replace (Z.to_nat (n + 1)) with (S (Z.to_nat n)) by lia.
  cbn [total]. rewrite Z2Nat.id by lia. reflexivity.
Qed.

Lemma sum_induction : forall claim : Z -> Prop,
  (forall n, n <= 0 -> claim n) -> (forall n, 0 <= n -> claim n -> claim (n + 1)) ->
  forall n, claim n.
Proof.
  intros claim none more n. destruct (Z_le_gt_dec n 0) as [H | H]; [auto |].
  pattern n. apply natlike_ind; [apply none | intros; apply more; assumption |]; lia.
Qed.

(* Equal terms, equal sums. *)
Lemma sum_equal : forall (n : Z) (f g : Z -> Z),
  (forall i, 0 <= i < n -> f i = g i) -> sum n f = sum n g.
Proof.
  intros n f g. induction n as [n H | n H IH] using sum_induction; intro E.
  - rewrite !sum_of_none by assumption. reflexivity.
  - rewrite !sum_of_more by assumption. rewrite IH by (intros; apply E; lia).
    f_equal. apply E. lia.
Qed.

(* The sum of sums, and a factor before the sum. *)
Lemma sum_of_plus : forall (n : Z) (f g : Z -> Z),
  sum n (fun i => f i + g i) = sum n f + sum n g.
Proof.
  intros n f g. induction n as [n H | n H IH] using sum_induction.
  - rewrite !sum_of_none by assumption. reflexivity.
  - rewrite !sum_of_more by assumption. lia.
Qed.

Lemma sum_of_multiple : forall (n c : Z) (f : Z -> Z), sum n (fun i => c * f i) = c * sum n f.
Proof.
  intros n c f. induction n as [n H | n H IH] using sum_induction.
  - rewrite !sum_of_none by assumption. lia.
  - rewrite !sum_of_more by assumption. lia.
Qed.

Lemma sum_times : forall (n c : Z) (f : Z -> Z), sum n f * c = sum n (fun i => f i * c).
Proof.
  intros n c f. rewrite Z.mul_comm, <- sum_of_multiple. apply sum_equal. intros; lia.
Qed.

Lemma sum_of_constant : forall n c : Z, 0 <= n -> sum n (fun _ => c) = n * c.
Proof.
  intros n c. induction n as [n H | n H IH] using sum_induction; intro.
  - replace n with 0 by lia. reflexivity.
  - rewrite sum_of_more by assumption. lia.
Qed.

Lemma sum_of_zeros : forall (n : Z) (f : Z -> Z),
  (forall i, 0 <= i < n -> f i = 0) -> sum n f = 0.
Proof.
  intros n f H. rewrite (sum_equal n f (fun i => 0 * i)) by (intros; rewrite H; lia).
  rewrite (sum_of_multiple n 0 (fun i => i)). lia.
Qed.

(* The order of two sums can be changed. *)
Lemma sum_swap : forall (m n : Z) (f : Z -> Z -> Z),
  sum m (fun i => sum n (fun j => f i j)) = sum n (fun j => sum m (fun i => f i j)).
Proof.
  intros m n f. induction m as [m H | m H IH] using sum_induction.
  - rewrite sum_of_none by assumption. symmetry. apply sum_of_zeros.
    intros; apply sum_of_none; assumption.
  - rewrite sum_of_more, IH by assumption. rewrite <- sum_of_plus. apply sum_equal.
    intros; rewrite sum_of_more by assumption. reflexivity.
Qed.

(* Of the terms only that at k is not 0. *)
Lemma sum_of_one : forall (n k : Z) (f : Z -> Z), 0 <= k < n ->
  sum n (fun i => if i =? k then f i else 0) = f k.
Proof.
  intros n k f. induction n as [n H | n H IH] using sum_induction; intro Hk; [lia |].
  rewrite sum_of_more by assumption. destruct (Z.eqb_spec n k) as [-> | N].
  - rewrite sum_of_zeros; [lia |]. intros i Hi. destruct (Z.eqb_spec i k); lia.
  - rewrite IH; lia.
Qed.

(* A sum that is not 0 has a term that is not 0. *)
Lemma term_of_sum : forall (n : Z) (f : Z -> Z),
  sum n f <> 0 -> exists i, 0 <= i < n /\ f i <> 0.
Proof.
  intros n f. induction n as [n H | n H IH] using sum_induction; intro N.
  - rewrite sum_of_none in N by assumption. contradiction.
  - rewrite sum_of_more in N by assumption. destruct (Z.eq_dec (f n) 0) as [E | E].
    + destruct IH as (i & Hi & Ni); [lia |]. exists i. split; [lia | assumption].
    + exists n. split; [lia | assumption].
Qed.

(* The first term apart: the sum shifted by one. *)
Lemma sum_shifted : forall (n : Z) (f : Z -> Z), 0 <= n ->
  sum n (fun i => f (i + 1)) = sum n f - f 0 + f n.
Proof.
  intros n f. induction n as [n H | n H IH] using sum_induction; intro.
  - replace n with 0 by lia. rewrite !sum_of_none by lia. lia.
  - rewrite !sum_of_more by assumption. lia.
Qed.

(* The terms in the opposite order. *)
Lemma sum_reversed : forall (n : Z) (f : Z -> Z), sum n (fun i => f (n - 1 - i)) = sum n f.
Proof.
  intros n. induction n as [n H | n H IH] using sum_induction; intro f.
  - rewrite !sum_of_none by assumption. reflexivity.
  - rewrite (sum_of_more n f) by assumption. rewrite <- (IH f), sum_of_more by assumption.
    pose proof (sum_shifted n (fun i => f (n - i)) H) as E. cbn beta in E.
    replace (sum n (fun i => f (n - 1 - i))) with (sum n (fun i => f (n - (i + 1))))
      by (apply sum_equal; intros; f_equal; lia).
    rewrite E.
    replace (sum n (fun i => f (n + 1 - 1 - i))) with (sum n (fun i => f (n - i)))
      by (apply sum_equal; intros; f_equal; lia).
    replace (n + 1 - 1 - n) with (n - n) by lia. replace (n - 0) with n by lia. lia.
Qed.
