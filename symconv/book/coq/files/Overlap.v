(* Overlap: when every output of a transposed layer gets the same number of contributions,    *)
(* and so has no checkerboard: exactly when S divides F and gcd(S, D) = 1.                    *)
Require Import ZArith Lia.
From Symconv Require Import Prelude Laws Sums.
Open Scope Z_scope.

(* Tap d reaches the cell y when y - d*D is a multiple of the stride, for then it is x*S for  *)
(* an input x. The number of the taps that reach y, on a line of inputs without ends:         *)
Definition tap_reaches (S D y d : Z) : Z := if (y - d * D) mod S =? 0 then 1 else 0.
Definition hits (F S D y : Z) : Z := sum F (tap_reaches S D y).

(* The same for the inputs 0 .. W - 1: the contributions to the cell y of the layer.          *)
Definition contributes (W S D y d : Z) : Z :=
  sum W (fun x => if y =? x * S + d * D then 1 else 0).
Definition contributions (W F S D y : Z) : Z := sum F (contributes W S D y).

(* Away from the border: the whole kernel has inputs around y.                                *)
Definition inside (W F S D y : Z) : Prop := extent D F - 1 <= y <= (W - 1) * S.

Definition uniform (F S D : Z) : Prop := forall y y' : Z, hits F S D y = hits F S D y'.

(* Whether a tap reaches a cell depends on the cell only up to multiples of the stride.       *)
Lemma tap_reaches_periodic : forall S D y k d : Z, S >= 1 ->
  tap_reaches S D (y + k * S) d = tap_reaches S D y d.
Proof.
  intros S D y k d HS. unfold tap_reaches.
  replace (y + k * S - d * D) with (y - d * D + k * S) by lia. rewrite Z_mod_plus_full.
  reflexivity.
Qed.

Lemma hits_periodic : forall F S D y k : Z, S >= 1 -> hits F S D (y + k * S) = hits F S D y.
Proof. intros. apply sum_equal. intros. apply tap_reaches_periodic. assumption. Qed.

(* Each tap reaches exactly one cell of S neighbours.                                         *)
Lemma tap_reaches_one : forall S D d : Z, S >= 1 -> sum S (fun y => tap_reaches S D y d) = 1.
Proof.
  intros S D d HS.
  rewrite (sum_equal S _ (fun y => if y =? (d * D) mod S then 1 else 0)).
  - apply (sum_of_one S ((d * D) mod S) (fun _ => 1)). apply mod_bound. lia.
  - intros y Hy. unfold tap_reaches.
    replace ((y - d * D) mod S =? 0) with (y mod S =? (d * D) mod S).
    + rewrite (Z.mod_small y S) by assumption. reflexivity.
    + apply Bool.eq_iff_eq_true. rewrite !Z.eqb_eq. apply mod_eq_iff. lia.
Qed.

(* So S neighbours get F contributions together.                                              *)
Lemma hits_of_neighbours : forall F S D : Z, F >= 1 -> S >= 1 -> sum S (hits F S D) = F.
Proof.
  intros F S D HF HS.
  change (sum S (fun y => sum F (fun d => tap_reaches S D y d)) = F).
  rewrite (sum_swap S F (fun y d => tap_reaches S D y d)).
  rewrite (sum_equal F _ (fun _ => 1)) by (intros; apply tap_reaches_one; assumption).
  rewrite sum_of_constant; lia.
Qed.

(* If the overlap is uniform, S divides F, and each cell gets F / S contributions.            *)
Theorem hits_of_uniform : forall F S D y : Z, F >= 1 -> S >= 1 ->
  uniform F S D -> F = hits F S D y * S.
Proof.
  intros F S D y HF HS U. rewrite <- (hits_of_neighbours F S D HF HS) at 1.
  rewrite (sum_equal S _ (fun _ => hits F S D y)) by (intros; apply U).
  rewrite sum_of_constant; lia.
Qed.

(* Then some tap reaches the cell 1, and 1 is a sum of multiples of S and D.                  *)
Theorem gcd_of_uniform : forall F S D : Z, F >= 1 -> S >= 1 ->
  uniform F S D -> Z.gcd S D = 1.
Proof.
  intros F S D HF HS U. pose proof (hits_of_uniform F S D 1 HF HS U) as E.
  destruct (term_of_sum F (tap_reaches S D 1)) as (d & _ & N).
  - intro N. unfold hits in E. rewrite N in E. lia.
  - unfold tap_reaches in N. destruct (Z.eqb_spec ((1 - d * D) mod S) 0) as [M | M]; [| lia].
    apply mod_zero_iff in M as [q Hq]; [| lia].
    apply Z.bezout_1_gcd. exists q, d. lia.
Qed.

(* If S divides F, the contributions repeat after D cells: tap d takes the place of d + 1,    *)
(* and tap F would reach the cells that tap 0 reaches.                                        *)
Lemma hits_shifted : forall F S D y : Z, F >= 1 -> S >= 1 -> (S | F) ->
  hits F S D (y + D) = hits F S D y.
Proof.
  intros F S D y HF HS [m Hm].
  pose proof (sum_shifted F (tap_reaches S D (y + D))) as E.
  replace (tap_reaches S D (y + D) F) with (tap_reaches S D (y + D) 0) in E.
  - unfold hits. rewrite (sum_equal F (tap_reaches S D y)
      (fun d => tap_reaches S D (y + D) (d + 1))); [rewrite E; lia |].
    intros d _. unfold tap_reaches. replace (y + D - (d + 1) * D) with (y - d * D) by lia.
    reflexivity.
  - unfold tap_reaches. subst F.
    replace (y + D - m * S * D) with (y + D - 0 * D + (- m * D) * S) by lia.
    rewrite Z_mod_plus_full. reflexivity.
Qed.

(* And after any multiple of D. *)
Lemma hits_shifted_often : forall F S D y k : Z, F >= 1 -> S >= 1 -> (S | F) ->
  hits F S D (y + k * D) = hits F S D y.
Proof.
  intros F S D y k HF HS H. revert y.
  assert (forall n y, 0 <= n -> hits F S D (y + n * D) = hits F S D y) as A.
  { intros n y Hn. pattern n. apply natlike_ind; [f_equal; lia | | assumption].
    intros i Hi IH. replace (y + Z.succ i * D) with (y + i * D + D) by lia.
    rewrite hits_shifted; assumption. }
  intro y. destruct (Z_le_gt_dec 0 k); [auto |].
  rewrite <- (A (- k) (y + k * D)) by lia. f_equal. lia.
Qed.

(* With gcd(S, D) = 1 they repeat after one cell. *)
Theorem uniform_of_gcd : forall F S D : Z, F >= 1 -> S >= 1 ->
  (S | F) -> Z.gcd S D = 1 -> uniform F S D.
Proof.
  intros F S D HF HS H G y y'. apply Z.gcd_bezout in G as (u & v & B).
  assert (y = y' + (y - y') * v * D + (y - y') * u * S) as E
    by (pose proof (f_equal (Z.mul (y - y')) B); lia).
  rewrite E, hits_periodic, hits_shifted_often by assumption. reflexivity.
Qed.

(* Every cell gets the same number of contributions exactly when S divides F and             *)
(* gcd(S, D) = 1.                                                                             *)
Theorem uniform_iff : forall F S D : Z, F >= 1 -> S >= 1 ->
  (uniform F S D <-> (S | F) /\ Z.gcd S D = 1).
Proof.
  intros F S D HF HS. split.
  - intro U. split; [| apply (gcd_of_uniform F); assumption].
    exists (hits F S D 0). apply hits_of_uniform; assumption.
  - intros [H G]. apply uniform_of_gcd; assumption.
Qed.

(* Inside a layer with W inputs, the contributions are those on the line without ends.        *)
Lemma contributes_inside : forall W F S D y d : Z, S >= 1 -> D >= 1 ->
  inside W F S D y -> 0 <= d < F -> contributes W S D y d = tap_reaches S D y d.
Proof.
  intros W F S D y d HS HD [Hlow Hhigh] Hd. unfold contributes, tap_reaches, extent in *.
  pose proof (mul_le d (F - 1) D). pose proof (mul_le 0 d D).
  destruct (Z.eqb_spec ((y - d * D) mod S) 0) as [M | M].
  - apply mod_zero_iff in M as [q Hq]; [| lia].
    rewrite (sum_equal W _ (fun x => if x =? q then 1 else 0)).
    + apply (sum_of_one W q (fun _ => 1)).
      split; [apply Z.nlt_ge | apply Z.nle_gt]; intro.
      * pose proof (mul_le q (-1) S). lia.
      * pose proof (mul_le W q S). lia.
    + intros x _. destruct (Z.eqb_spec x q) as [-> | N]; [rewrite (proj2 (Z.eqb_eq _ _)); lia |].
      rewrite (proj2 (Z.eqb_neq _ _)); [reflexivity |]. intro E. apply N.
      apply (mul_cancel x q S); lia.
  - apply sum_of_zeros. intros x _. rewrite (proj2 (Z.eqb_neq _ _)); [reflexivity |].
    intro E. apply M, mod_zero_iff; [lia |]. exists x. lia.
Qed.

Theorem contributions_inside : forall W F S D y : Z, S >= 1 -> D >= 1 ->
  inside W F S D y -> contributions W F S D y = hits F S D y.
Proof.
  intros W F S D y HS HD H. apply sum_equal. intros d Hd.
  apply (contributes_inside W F); assumption.
Qed.

(* A transposed layer gives, away from its border, the same number of contributions to each   *)
(* output, for every number of inputs, exactly when S divides F and gcd(S, D) = 1.            *)
Theorem uniform_overlap_iff : forall F S D : Z, F >= 1 -> S >= 1 -> D >= 1 ->
  ((forall W y y' : Z, inside W F S D y -> inside W F S D y' ->
      contributions W F S D y = contributions W F S D y') <->
   (S | F) /\ Z.gcd S D = 1).
Proof.
  intros F S D HF HS HD. rewrite <- uniform_iff by assumption. split.
  - intros H y y'. set (e := extent D F).
    assert (0 <= e - 1) as He
      by (subst e; unfold extent; pose proof (mul_le 0 (F - 1) D); lia).
    assert (forall z, inside (e + 1) F S D (z mod S + (e - 1) * S)) as I.
    { intro z. pose proof (mod_bound z S). pose proof (mul_le 1 S (e - 1)).
      unfold inside. fold e. lia. }
    assert (forall z, hits F S D z = hits F S D (z mod S + (e - 1) * S)) as R.
    { intro z. rewrite hits_periodic by assumption.
      rewrite (mod_spec z S) by lia. rewrite <- (hits_periodic F S D z (- (z / S))) by assumption.
      f_equal. lia. }
    rewrite (R y), (R y'), <- !(contributions_inside (e + 1)) by auto. apply H; apply I.
  - intros U W y y' I I'. rewrite !contributions_inside by assumption. apply U.
Qed.
