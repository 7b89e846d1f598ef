(* Matrix: a convolution is y = C x, and the transposed layer is the transpose of C on values, *)
(* not the inverse. One axis; the weights are any integers w(0), ..., w(F - 1).               *)
Require Import ZArith Lia List.
From Symconv Require Import Prelude Laws Sums.
Import ListNotations.
Open Scope bool_scope.
Open Scope Z_scope.

(* The matrix: the weights of the taps of output o that lie on the cell x. *)
Definition entry (F S P D : Z) (w : Z -> Z) (o x : Z) : Z :=
  sum F (fun d => if x =? o * S + d * D - P then w d else 0).

(* C v for an input of W cells, and the transpose of C times y for n outputs. *)
Definition times (F S P D : Z) (w : Z -> Z) (W : Z) (v : Z -> Z) (o : Z) : Z :=
  sum W (fun x => entry F S P D w o x * v x).
Definition transposed_times (F S P D : Z) (w : Z -> Z) (n : Z) (y : Z -> Z) (x : Z) : Z :=
  sum n (fun o => entry F S P D w o x * y o).

(* The convolution by its taps: the padding around the cells 0 .. W - 1 holds zeros. *)
Definition padded (W : Z) (v : Z -> Z) (x : Z) : Z :=
  if (0 <=? x) && (x <? W) then v x else 0.
Definition convolved (F S P D : Z) (w : Z -> Z) (W : Z) (v : Z -> Z) (o : Z) : Z :=
  sum F (fun d => w d * padded W v (o * S + d * D - P)).

(* The transposed layer as it runs: from zeros on, every output adds its taps to the cells. *)
Fixpoint steps (n : nat) (step : Z -> (Z -> Z) -> Z -> Z) (line : Z -> Z) : Z -> Z :=
  match n with O => line | S m => step (Z.of_nat m) (steps m step line) end.
Definition loop (n : Z) := steps (Z.to_nat n).
Definition add_at (cell value : Z) (line : Z -> Z) (x : Z) : Z :=
  line x + (if x =? cell then value else 0).
Definition scattered (F S P D : Z) (w : Z -> Z) (n : Z) (y : Z -> Z) : Z -> Z :=
  loop n (fun o => loop F (fun d => add_at (o * S + d * D - P) (w d * y o))) (fun _ => 0).

(* The stretched input: S - 1 zeros between two neighbours. And the kernel turned around. *)
Definition stretched (S n : Z) (y : Z -> Z) (c : Z) : Z :=
  if c mod S =? 0 then padded n y (c / S) else 0.
Definition flipped (F : Z) (w : Z -> Z) (d : Z) : Z := w (F - 1 - d).

(* One cell of the padded input as a sum over the input. *)
Lemma padded_as_sum : forall (W : Z) (v : Z -> Z) (c : Z),
  padded W v c = sum W (fun x => if x =? c then v x else 0).
Proof.
  intros W v c. unfold padded. destruct ((0 <=? c) && (c <? W)) eqn:E.
  - symmetry. apply (sum_of_one W c v). lia.
  - symmetry. apply sum_of_zeros. intros x Hx. destruct (Z.eqb_spec x c); lia.
Qed.

(* A convolution is its matrix times the input. *)
Theorem conv_is_matrix : forall (F S P D : Z) (w : Z -> Z) (W : Z) (v : Z -> Z) (o : Z),
  convolved F S P D w W v o = times F S P D w W v o.
Proof.
  intros. unfold convolved, times, entry.
  transitivity (sum F (fun d => sum W (fun x =>
    if x =? o * S + d * D - P then w d * v x else 0))).
  - apply sum_equal. intros d _. rewrite padded_as_sum, <- sum_of_multiple.
    apply sum_equal. intros x _. destruct (Z.eqb_spec x (o * S + d * D - P)); lia.
  - rewrite sum_swap. apply sum_equal. intros x _.
    rewrite sum_times. apply sum_equal. intros d _.
    destruct (Z.eqb_spec x (o * S + d * D - P)); lia.
Qed.

(* What a loop adds is the sum of what its steps add. *)
Lemma loop_adds : forall (n : Z) (step : Z -> (Z -> Z) -> Z -> Z) (f : Z -> Z -> Z),
  (forall i line x, step i line x = line x + f i x) ->
  forall line x, loop n step line x = line x + sum n (fun i => f i x).
Proof.
  intros n step f H line x. unfold loop, sum.
  induction (Z.to_nat n) as [| m IH]; cbn [steps total]; [| rewrite H, IH]; lia.
Qed.

Lemma scattered_as_sum : forall (F S P D : Z) (w : Z -> Z) (n : Z) (y : Z -> Z) (x : Z),
  scattered F S P D w n y x =
  sum n (fun o => sum F (fun d => if x =? o * S + d * D - P then w d * y o else 0)).
Proof.
  intros. unfold scattered.
  rewrite (loop_adds n _ (fun o x =>
    sum F (fun d => if x =? o * S + d * D - P then w d * y o else 0))); [lia |].
  intros o line x'. apply (loop_adds F _ (fun d x =>
    if x =? o * S + d * D - P then w d * y o else 0)). reflexivity.
Qed.

(* The transposed layer, run by scattering, is the transpose of the matrix, for any weights.  *)
Theorem scattered_is_transpose : forall (F S P D : Z) (w : Z -> Z) (n : Z) (y : Z -> Z) (x : Z),
  scattered F S P D w n y x = transposed_times F S P D w n y x.
Proof.
  intros. rewrite scattered_as_sum. apply sum_equal. intros o _. unfold entry.
  rewrite sum_times. apply sum_equal. intros d _.
  destruct (Z.eqb_spec x (o * S + d * D - P)); lia.
Qed.

(* So the two layers are adjoint: the product of C v with y is the product of v with what the *)
(* transposed layer makes of y.                                                               *)
Theorem layers_adjoint : forall (F S P D : Z) (w : Z -> Z) (W n : Z) (v y : Z -> Z),
  sum n (fun o => convolved F S P D w W v o * y o) =
  sum W (fun x => v x * scattered F S P D w n y x).
Proof.
  intros. transitivity (sum n (fun o => sum W (fun x => entry F S P D w o x * v x * y o))).
  - apply sum_equal. intros o _. rewrite conv_is_matrix. apply sum_times.
  - rewrite sum_swap. apply sum_equal. intros x _. rewrite scattered_is_transpose.
    unfold transposed_times. rewrite <- sum_of_multiple. apply sum_equal. intros; lia.
Qed.

(* A cell of the stretched input as a sum over the input. *)
Lemma stretched_as_sum : forall (S n : Z) (y : Z -> Z) (c : Z), S >= 1 ->
  stretched S n y c = sum n (fun o => if c =? o * S then y o else 0).
Proof.
  intros S n y c HS. unfold stretched. destruct (Z.eqb_spec (c mod S) 0) as [M | M].
  - rewrite padded_as_sum. apply sum_equal. intros o _.
    rewrite mod_spec in M by lia. replace (c =? o * S) with (o =? c / S); [reflexivity |].
    apply Bool.eq_iff_eq_true. rewrite !Z.eqb_eq. split; [intros ->; lia |].
    intro E. symmetry. apply floor_unique; lia.
  - symmetry. apply sum_of_zeros. intros o _. destruct (Z.eqb_spec c (o * S)) as [E | N]; [| lia].
    contradict M. apply mod_zero_iff; [lia |]. exists o. assumption.
Qed.

(* Nothing of the stretched input lies outside its (n - 1)*S + 1 cells. *)
Lemma stretched_fits : forall (S n : Z) (y : Z -> Z) (c : Z), S >= 1 ->
  padded ((n - 1) * S + 1) (stretched S n y) c = stretched S n y c.
Proof.
  intros S n y c HS. unfold padded at 1.
  destruct ((0 <=? c) && (c <? (n - 1) * S + 1)) eqn:E; [reflexivity |].
  rewrite stretched_as_sum by assumption. symmetry. apply sum_of_zeros. intros o Ho.
  destruct (Z.eqb_spec c (o * S)); [| reflexivity].
  pose proof (mul_le 0 o S). pose proof (mul_le o (n - 1) S). lia.
Qed.

(* The transposed layer is a convolution of the stretched input with stride 1, the flipped    *)
(* kernel and the padding extent - 1 - P.                                                     *)
Theorem scattered_is_conv_of_stretched :
  forall (F S P D : Z) (w : Z -> Z) (n : Z) (y : Z -> Z) (x : Z), S >= 1 ->
  scattered F S P D w n y x =
  convolved F 1 (extent D F - 1 - P) D (flipped F w) ((n - 1) * S + 1) (stretched S n y) x.
Proof.
  intros F S P D w n y x HS. rewrite scattered_as_sum, sum_swap, <- sum_reversed.
  apply sum_equal. intros d _. rewrite stretched_fits, stretched_as_sum by assumption.
  rewrite <- sum_of_multiple. apply sum_equal. intros o _. unfold flipped, extent.
  replace (x =? o * S + (F - 1 - d) * D - P)
    with (x * 1 + d * D - (D * (F - 1) + 1 - 1 - P) =? o * S) by lia.
  destruct (_ =? _); lia.
Qed.

(* Not the inverse: two cells under one kernel of two ones. The input (1, 0) becomes (1), and *)
(* the transposed layer makes (1, 1) of it.                                                   *)
Theorem transpose_is_not_inverse :
  exists w v : Z -> Z,
  conv 2 2 1 0 1 = 1 /\ map v [0; 1] = [1; 0] /\
  map (scattered 2 1 0 1 w 1 (convolved 2 1 0 1 w 2 v)) [0; 1] = [1; 1].
Proof.
  exists (fun _ => 1), (fun x => if x =? 0 then 1 else 0). repeat split.
Qed.
