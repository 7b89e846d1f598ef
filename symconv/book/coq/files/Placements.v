(* Placements: what the two laws count, from first principles.                                *)
(* A kernel of F taps with stride S and dilation D, placed at j, has its taps at j*S + d*D.   *)
Require Import ZArith Lia.
From Symconv Require Import Prelude Laws.
Open Scope Z_scope.

(* A placement is legal when each of its taps lies in the padded input, the cells 0 .. L - 1. *)
Definition legal (L F S D j : Z) : Prop :=
  0 <= j /\ forall d : Z, 0 <= d < F -> 0 <= j * S + d * D < L.

(* What is counted is numbered 0, 1, 2 ... without a gap: n is the count. *)
Definition counts (n : Z) (here : Z -> Prop) : Prop :=
  0 <= n /\ forall j : Z, here j <-> 0 <= j < n.

(* The cells from lowest to highest, both taken, hold everything, and nothing less does. *)
Definition spans (lowest highest : Z) (here : Z -> Prop) : Prop :=
  here lowest /\ here highest /\ forall y : Z, here y -> lowest <= y <= highest.

(* The cells that the taps of W inputs are scattered to. *)
Definition scattered (W F S D y : Z) : Prop :=
  exists x d : Z, 0 <= x < W /\ 0 <= d < F /\ y = x * S + d * D.

(* There is at most one count. *)
Theorem count_unique : forall (m n : Z) (here : Z -> Prop),
  counts m here -> counts n here -> m = n.
Proof.
  intros m n here [Hm M] [Hn N]. destruct (Z.lt_trichotomy m n) as [H | [H | H]].
  - assert (here m) as A by (apply N; lia). apply M in A. lia.
  - assumption.
  - assert (here n) as A by (apply M; lia). apply N in A. lia.
Qed.

(* The taps stay inside exactly when the last one does: the extent fits from j*S on. *)
Theorem legal_iff : forall L F S D j : Z, F >= 1 -> S >= 1 -> D >= 1 -> 0 <= j ->
  (legal L F S D j <-> j * S + extent D F <= L).
Proof.
  intros L F S D j HF HS HD Hj. unfold legal, extent. split.
  - intros [_ H]. specialize (H (F - 1)). lia.
  - intro H. split; [assumption |]. intros d Hd.
    pose proof (mul_le d (F - 1) D). pose proof (mul_le 0 d D). pose proof (mul_le 0 j S). lia.
Qed.

(* When the extent fits, the legal placements are exactly 0 .. conv - 1. *)
Theorem conv_counts_placements : forall W F S P D : Z,
  F >= 1 -> S >= 1 -> D >= 1 -> extent D F <= W + 2 * P ->
  counts (conv W F S P D) (legal (W + 2 * P) F S D).
Proof.
  intros W F S P D HF HS HD H. split; [sizes |]. intro j. split.
  - intro A. assert (0 <= j) as Hj by (destruct A; lia).
    apply legal_iff in A; try assumption. sizes.
  - intro A. apply legal_iff; try lia. sizes.
Qed.

(* When the extent does not fit, no placement is legal and the law is at most 0. *)
Theorem no_placement_of_unfit : forall W F S P D : Z,
  F >= 1 -> S >= 1 -> D >= 1 -> W + 2 * P < extent D F ->
  counts 0 (legal (W + 2 * P) F S D) /\ conv W F S P D <= 0.
Proof.
  intros W F S P D HF HS HD H. split; [| sizes]. split; [lia |]. intro j. split; [| lia].
  intro A. assert (0 <= j) as Hj by (destruct A; lia).
  apply legal_iff in A; try assumption. sizes.
Qed.

(* So the count of legal placements is always the law, cut off at 0. *)
Theorem placements_counted : forall W F S P D n : Z, F >= 1 -> S >= 1 -> D >= 1 ->
  (counts n (legal (W + 2 * P) F S D) <-> n = Z.max 0 (conv W F S P D)).
Proof.
  intros W F S P D n HF HS HD.
  assert (counts (Z.max 0 (conv W F S P D)) (legal (W + 2 * P) F S D)) as A.
  { destruct (Z_le_gt_dec (extent D F) (W + 2 * P)) as [H | H].
    - replace (Z.max 0 (conv W F S P D)) with (conv W F S P D) by sizes.
      apply conv_counts_placements; assumption.
    - destruct (no_placement_of_unfit W F S P D) as [B C]; try lia.
      replace (Z.max 0 (conv W F S P D)) with 0 by lia. assumption. }
  split; [| intros ->; assumption]. intro B. exact (count_unique _ _ _ B A).
Qed.

(* The taps of W inputs are scattered to exactly (W - 1)*S + extent cells, from 0 on; this is *)
(* the transposed law without padding and output padding. *)
Theorem conv_transpose_spans_scattered : forall W F S D : Z,
  W >= 1 -> F >= 1 -> S >= 1 -> D >= 1 ->
  spans 0 (conv_transpose W F S 0 D 0 - 1) (scattered W F S D).
Proof.
  intros W F S D HW HF HS HD. unfold spans, scattered, conv_transpose, extent. repeat split.
  - exists 0, 0. lia.
  - exists (W - 1), (F - 1). lia.
  - destruct H as (x & d & Hx & Hd & ->).
    pose proof (mul_le 0 x S). pose proof (mul_le 0 d D). lia.
  - destruct H as (x & d & Hx & Hd & ->).
    pose proof (mul_le x (W - 1) S). pose proof (mul_le d (F - 1) D). lia.
Qed.

(* In numbers of cells: highest - lowest + 1 is (W - 1)*S + extent. *)
Theorem span_of_scattered : forall W F S D lowest highest : Z,
  W >= 1 -> F >= 1 -> S >= 1 -> D >= 1 ->
  spans lowest highest (scattered W F S D) ->
  highest - lowest + 1 = (W - 1) * S + extent D F.
Proof.
  intros W F S D lowest highest HW HF HS HD (A & B & C).
  destruct (conv_transpose_spans_scattered W F S D HW HF HS HD) as (A' & B' & C').
  apply C in A', B'. apply C' in A, B. unfold conv_transpose in *. lia.
Qed.
