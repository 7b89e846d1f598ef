(* Chains: a chain of convolutions of any length is one floor.                                *)
Require Import ZArith Lia List.
From Symconv Require Import Prelude Laws.
Import ListNotations.
Open Scope Z_scope.

(* A convolution, and the size after it; a chain is a list, the layer next to the input first. *)
Record layer := { kernel : Z; stride : Z; padding : Z; dilation : Z }.
Definition reach (l : layer) : Z := extent (dilation l) (kernel l).
Definition after (l : layer) (W : Z) : Z :=
  conv W (kernel l) (stride l) (padding l) (dilation l).
Fixpoint size (chain : list layer) (W : Z) : Z :=
  match chain with [] => W | l :: rest => size rest (after l W) end.

(* The only thing asked of the layers here: their strides are positive. *)
Definition strided (chain : list layer) : Prop := Forall (fun l => stride l >= 1) chain.

(* Every layer's extent fits its padded input. *)
Fixpoint fits (chain : list layer) (W : Z) : Prop :=
  match chain with
  | [] => True
  | l :: rest => reach l <= W + 2 * padding l /\ fits rest (after l W)
  end.

(* The floor of the chain: A = offset is added, B = factor divides. *)
Definition offset_of (l : layer) : Z := 2 * padding l - reach l + stride l.
Fixpoint factor (chain : list layer) : Z :=
  match chain with [] => 1 | l :: rest => stride l * factor rest end.
Fixpoint offset (chain : list layer) : Z :=
  match chain with [] => 0 | l :: rest => offset_of l + stride l * offset rest end.

(* The least size from 1 on that fits. *)
Fixpoint least (chain : list layer) : Z :=
  match chain with [] => 1 | l :: rest => Z.max 1 (stride l * least rest - offset_of l) end.

(* The same in the words of receptive fields: r0, and P0; S0 is the factor. *)
Fixpoint field (chain : list layer) : Z :=
  match chain with [] => 1 | l :: rest => reach l + stride l * (field rest - 1) end.
Fixpoint margin (chain : list layer) : Z :=
  match chain with [] => 0 | l :: rest => padding l + stride l * margin rest end.

(* The layers unfolded for `sizes`. *)
#[local] Hint Unfold after reach offset_of : laws.
Ltac unroll := cbn [size fits factor offset least field margin app].
Ltac unroll_in H := cbn [size fits factor offset least field margin app] in H.

(* One layer is one floor. *)
Lemma layer_is_one_floor : forall (l : layer) (W : Z),
  stride l >= 1 -> after l W = (W + offset_of l) / stride l.
Proof. sizes. Qed.

(* The factor of a chain is positive. *)
Lemma factor_positive : forall chain : list layer, strided chain -> factor chain >= 1.
Proof.
  intros chain H. induction H as [| l rest Hl _ IH]; unroll; [lia |].
  pose proof (mul_ge_one (stride l) (factor rest)). lia.
Qed.

(* A chain of any length is one floor: (W + A) / B. *)
Theorem chain_is_one_floor : forall (chain : list layer) (W : Z), strided chain ->
  size chain W = (W + offset chain) / factor chain.
Proof.
  intros chain W H. revert W. induction H as [| l rest Hl Hrest IH]; intro W; unroll.
  - rewrite Z.add_0_r, Z.div_1_r. reflexivity.
  - pose proof (factor_positive rest Hrest).
    rewrite IH, layer_is_one_floor, floor_nest by lia. f_equal. lia.
Qed.

(* One chain after another: the sizes compose, and (A, B) then (A', B') is (A + B*A', B*B'). *)
Theorem size_of_append : forall (first second : list layer) (W : Z),
  size (first ++ second) W = size second (size first W).
Proof. induction first as [| l rest IH]; intros second W; unroll; [reflexivity | apply IH]. Qed.

Theorem factor_of_append : forall first second : list layer,
  factor (first ++ second) = factor first * factor second.
Proof. induction first as [| l rest IH]; intro second; unroll; [| rewrite IH]; lia. Qed.

Theorem offset_of_append : forall first second : list layer,
  offset (first ++ second) = offset first + factor first * offset second.
Proof. induction first as [| l rest IH]; intro second; unroll; [| rewrite IH]; lia. Qed.

(* A size fits exactly when W >= B - A for the (A, B) of every beginning of the chain. *)
Theorem fits_iff_beginnings_fit : forall (chain : list layer) (W : Z), strided chain ->
  (fits chain W <->
   forall first second : list layer,
     chain = first ++ second -> first <> [] -> factor first - offset first <= W).
Proof.
  intros chain W H. revert W. induction H as [| l rest Hl Hrest IH]; intro W; unroll.
  - split; [| trivial]. intros _ [| l first] second E N; [contradiction | discriminate].
  - rewrite IH. split.
    + intros [Hfit Hmore] [| l' first] second E N; [contradiction |].
      injection E as <- E. unroll. destruct first as [| l' first]; [unroll; sizes |].
      assert (factor (l' :: first) - offset (l' :: first) <= after l W) as B
        by (apply (Hmore _ second); [assumption | discriminate]).
      revert B. generalize (factor (l' :: first)), (offset (l' :: first)). clear - Hl. sizes.
    + intro Hall. split.
      * pose proof (Hall [l] rest eq_refl) as B. unroll_in B.
        assert (stride l * 1 - (offset_of l + stride l * 0) <= W) as C
          by (apply B; discriminate). clear - C. sizes.
      * intros first second E N.
        assert (factor (l :: first) - offset (l :: first) <= W) as B
          by (apply (Hall _ second); [unroll; f_equal; assumption | discriminate]).
        unroll_in B. revert B. generalize (factor first), (offset first). clear - Hl. sizes.
Qed.

(* The sizes that fit, from 1 on, are those from `least` on. *)
Theorem fits_iff_least : forall (chain : list layer) (W : Z), strided chain -> W >= 1 ->
  (fits chain W <-> W >= least chain).
Proof.
  intros chain W H. revert W. induction H as [| l rest Hl Hrest IH]; intros W HW; unroll.
  - split; [lia | trivial].
  - assert (least rest >= 1) as L by (destruct rest; unroll; lia). split.
    + intros [Hfit Hmore]. apply IH in Hmore; [| clear - Hl Hfit; sizes].
      revert Hfit Hmore L. generalize (least rest). clear - Hl HW. sizes.
    + intro B. assert (reach l <= W + 2 * padding l /\ after l W >= least rest) as [Hfit Hmore]
        by (revert B L; generalize (least rest); clear - Hl HW; sizes).
      split; [assumption |]. apply IH; [lia | assumption].
Qed.

(* `least` is the greatest B - A of the beginnings, the empty one with its 1 - 0 included. *)
Theorem least_is_greatest : forall chain : list layer, strided chain ->
  (forall first second : list layer,
     chain = first ++ second -> factor first - offset first <= least chain) /\
  (exists first second : list layer,
     chain = first ++ second /\ factor first - offset first = least chain).
Proof.
  intros chain H. induction H as [| l rest Hl Hrest [IHle (first & second & E & IHeq)]]; unroll.
  - split; [| exists [], []; unroll; split; [reflexivity | lia]].
    intros [| l first] second E; [unroll; lia | discriminate].
  - split.
    + intros [| l' first'] second' E'; [unroll; lia |]. injection E' as <- E'. unroll.
      pose proof (mul_le _ _ (stride l) (IHle first' second' E')). lia.
    + destruct (Z_le_gt_dec 1 (stride l * least rest - offset_of l)) as [B | B].
      * exists (l :: first), second. unroll. rewrite <- IHeq in *. split; [congruence | lia].
      * exists [], (l :: rest). unroll. split; [reflexivity | lia].
Qed.

(* The sizes that give one and the same output are one interval, of length B. *)
Theorem inverse_of_chain : forall (chain : list layer) (W y : Z), strided chain ->
  (size chain W = y <->
   factor chain * y - offset chain <= W <= factor chain * y - offset chain + factor chain - 1).
Proof.
  intros chain W y H. rewrite chain_is_one_floor by assumption.
  pose proof (factor_positive chain H) as B. revert B.
  generalize (factor chain), (offset chain). sizes.
Qed.

(* A = 2*P0 - r0 + S0. *)
Lemma offset_of_field : forall chain : list layer,
  offset chain = 2 * margin chain - field chain + factor chain.
Proof. induction chain as [| l rest IH]; unroll; [| rewrite IH; unfold offset_of]; lia. Qed.

(* In the words of receptive fields, a chain has the law of one layer. *)
Theorem chain_is_one_floor_of_field : forall (chain : list layer) (W : Z), strided chain ->
  size chain W = (W + 2 * margin chain - field chain) / factor chain + 1.
Proof.
  intros chain W H. rewrite chain_is_one_floor, offset_of_field by assumption.
  pose proof (factor_positive chain H) as B. revert B.
  generalize (factor chain), (margin chain), (field chain). sizes.
Qed.
