(* Levels: the sizes that a U-Net accepts, for any number of levels and any factor.           *)
Require Import ZArith Lia.
From Symconv Require Import Prelude Laws.
Open Scope Z_scope.

(* Between the levels: kernel n with stride n down, and the transposed layer of the same up.  *)
Definition down (n W : Z) : Z := conv W n n 0 1.
Definition up (n W : Z) : Z := conv_transpose W n n 0 1 0.
#[local] Hint Unfold down up : laws.

(* Down is the floor of W / n, and up is n times. *)
Lemma down_is_floor : forall n W : Z, n >= 1 -> down n W = W / n.
Proof. sizes. Qed.
Lemma up_is_multiple : forall n W : Z, up n W = n * W.
Proof. sizes. Qed.

(* The blocks of level l, before its skip connection and after it, keep every size.           *)
Definition keeps (blocks : nat -> Z -> Z) : Prop :=
  forall (l : nat) (W : Z), W >= 1 -> blocks l W = W.

(* The size after a U-Net with L levels. *)
Fixpoint decoded (before behind : nat -> Z -> Z) (n : Z) (L : nat) (W : Z) : Z :=
  match L with
  | O => behind O (before O W)
  | S l => behind L (up n (decoded before behind n l (down n (before L W))))
  end.

(* It accepts W when at each level the kernel fits and the two ends of the skip connection,   *)
(* the size before the way down and the size after the way up, are equal.                     *)
Fixpoint accepts (before behind : nat -> Z -> Z) (n : Z) (L : nat) (W : Z) : Prop :=
  match L with
  | O => W >= 1
  | S l =>
      W >= 1 /\ extent 1 n <= before L W /\
      accepts before behind n l (down n (before L W)) /\
      up n (decoded before behind n l (down n (before L W))) = before L W
  end.

Section Unet.
Variables before behind : nat -> Z -> Z.
Hypothesis before_keeps : keeps before.
Hypothesis behind_keeps : keeps behind.
Variable n : Z.
Hypothesis n_positive : n >= 1.

(* What is accepted comes out with the size that went in. *)
Lemma decoded_of_accepted : forall (L : nat) (W : Z),
  accepts before behind n L W -> decoded before behind n L W = W.
Proof.
  intros [| l] W A; cbn [accepts decoded] in *.
  - rewrite before_keeps, behind_keeps; lia.
  - destruct A as (HW & _ & _ & E). rewrite E, before_keeps, behind_keeps; lia.
Qed.

(* One level more: W is a multiple of n, and the rest accepts the quotient. *)
Lemma accepted_of_level : forall (l : nat) (W : Z),
  accepts before behind n (S l) W <->
  W >= 1 /\ accepts before behind n l (W / n) /\ n * (W / n) = W.
Proof.
  intros l W. cbn [accepts]. split.
  - intros (HW & _ & A & E). rewrite before_keeps, down_is_floor in A, E by assumption.
    rewrite (decoded_of_accepted _ _ A), up_is_multiple in E. auto.
  - intros (HW & A & E). rewrite before_keeps, down_is_floor by assumption.
    rewrite (decoded_of_accepted _ _ A), up_is_multiple. repeat split; try assumption.
    assert (W / n >= 1) by (destruct l; cbn [accepts] in A; lia).
    pose proof (mul_le 1 (W / n) n). unfold extent. lia.
Qed.

Lemma accepted_iff : forall (L : nat) (W : Z),
  accepts before behind n L W <-> W >= 1 /\ (n ^ Z.of_nat L | W).
Proof.
  induction L as [| l IH]; intro W.
  - cbn. split; [intro; split; [assumption | apply Z.divide_1_l] | tauto].
  - rewrite accepted_of_level, IH, Nat2Z.inj_succ, Z.pow_succ_r by lia. split.
    + intros (HW & [_ [q Hq]] & E). split; [assumption |]. exists q. rewrite <- E, Hq. ring.
    + intros [HW [q Hq]].
      assert (W / n = q * n ^ Z.of_nat l) as Q by (apply floor_unique; lia).
      split; [assumption |]. split; [| rewrite Q; lia]. split; [| exists q; assumption].
      pose proof (mul_le (W / n) 0 n). lia.
Qed.
End Unet.

(* A U-Net of L levels with factor n, whose blocks keep the size, accepts exactly the         *)
(* positive multiples of n ^ L.                                                               *)
Theorem unet_accepts_iff : forall (before behind : nat -> Z -> Z) (n : Z) (L : nat) (W : Z),
  keeps before -> keeps behind -> n >= 1 ->
  (accepts before behind n L W <-> W >= 1 /\ (n ^ Z.of_nat L | W)).
Proof. intros before behind n L W Hb Ha Hn. apply accepted_iff; assumption. Qed.

(* And gives them back. *)
Theorem unet_keeps_accepted : forall (before behind : nat -> Z -> Z) (n : Z) (L : nat) (W : Z),
  keeps before -> keeps behind ->
  accepts before behind n L W -> decoded before behind n L W = W.
Proof. intros before behind n L W Hb Ha. apply decoded_of_accepted; assumption. Qed.

(* Blocks of the same convolution keep the size: stride 1 and 2P = extent - 1. *)
Theorem same_conv_keeps : forall F P D : Z,
  2 * P = extent D F - 1 -> keeps (fun _ W => conv W F 1 P D).
Proof. unfold keeps. sizes. Qed.

(* The round trip of one level with any hyper-parameters, the stride S shared: with d the     *)
(* difference of the two layers, the size comes back exactly when 0 <= d < S and W is in one  *)
(* residue class of S.                                                                        *)
Theorem round_trip_iff : forall W F S P D F' P' D' A d : Z, S >= 1 ->
  d = (extent D' F' + A - 2 * P') - (extent D F - 2 * P) ->
  (conv_transpose (conv W F S P D) F' S P' D' A = W <->
   0 <= d < S /\ (W - (extent D' F' + A - 2 * P')) mod S = 0).
Proof. sizes. Qed.
