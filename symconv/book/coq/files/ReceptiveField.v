(* ReceptiveField: the input cells that an output of a chain depends on.                      *)
(* The input is a line without ends: its cells 0 .. W - 1 are data, the others padding.       *)
Require Import ZArith Lia List.
From Symconv Require Import Prelude Laws Placements Chains.
Import ListNotations.
Open Scope Z_scope.

(* Kernels and strides are positive, and dilations. *)
Definition regular (chain : list layer) : Prop :=
  Forall (fun l => kernel l >= 1 /\ stride l >= 1 /\ dilation l >= 1) chain.

(* Output o of a layer reads the cell x of its input: x is under one of the taps. *)
Definition taps (l : layer) (o x : Z) : Prop :=
  exists d : Z, 0 <= d < kernel l /\ x = o * stride l + d * dilation l - padding l.

(* Output o of a chain reads the cell x of the chain's input. *)
Fixpoint reads (chain : list layer) (o x : Z) : Prop :=
  match chain with
  | [] => x = o
  | l :: rest => exists m : Z, reads rest o m /\ taps l m x
  end.

(* The region that output o reads, by its first and its last cell; twice its centre. *)
Definition first_cell (chain : list layer) (o : Z) : Z := - margin chain + o * factor chain.
Definition last_cell (chain : list layer) (o : Z) : Z := first_cell chain o + field chain - 1.
Definition twice_centre (chain : list layer) (o : Z) : Z :=
  first_cell chain o + last_cell chain o.

Lemma strided_of_regular : forall chain : list layer, regular chain -> strided chain.
Proof. intros chain H. eapply Forall_impl; [| exact H]. cbn. tauto. Qed.

(* One layer reads from -P + o*S to -P + o*S + extent - 1. *)
Lemma layer_spans : forall (l : layer) (o : Z), kernel l >= 1 -> dilation l >= 1 ->
  spans (- padding l + o * stride l) (- padding l + o * stride l + reach l - 1) (taps l o).
Proof.
  intros l o HF HD. unfold spans, taps, reach, extent. split; [| split].
  - exists 0. lia.
  - exists (kernel l - 1). lia.
  - intros y (d & Hd & ->).
    pose proof (mul_le 0 d (dilation l)). pose proof (mul_le d (kernel l - 1) (dilation l)). lia.
Qed.

(* Output o of any chain reads from -P0 + o*S0 to -P0 + o*S0 + r0 - 1: both are read, and     *)
(* nothing outside.                                                                           *)
Theorem region_of_chain : forall (chain : list layer) (o : Z), regular chain ->
  spans (first_cell chain o) (last_cell chain o) (reads chain o).
Proof.
  intros chain o H. unfold last_cell, first_cell.
  induction H as [| l rest (HF & HS & HD) Hrest IH]; cbn [reads margin factor field].
  - unfold spans. repeat split; intros; lia.
  - destruct IH as (Hfirst & Hlast & Hall). repeat split.
    + eexists. split; [exact Hfirst |].
      destruct (layer_spans l (- margin rest + o * factor rest) HF HD) as (A & _ & _).
      eapply eq_ind; [exact A | lia].
    + eexists. split; [exact Hlast |].
      destruct (layer_spans l (- margin rest + o * factor rest + field rest - 1) HF HD)
        as (_ & A & _).
      eapply eq_ind; [exact A | lia].
    + destruct H as (m & Hm & Ht). apply Hall in Hm.
      apply (layer_spans l m HF HD) in Ht.
      pose proof (mul_le (- margin rest + o * factor rest) m (stride l)). lia.
    + destruct H as (m & Hm & Ht). apply Hall in Hm.
      apply (layer_spans l m HF HD) in Ht.
      pose proof (mul_le m (- margin rest + o * factor rest + field rest - 1) (stride l)). lia.
Qed.

(* The size of the region is r0, at every output. *)
Theorem field_of_chain : forall (chain : list layer) (o lowest highest : Z), regular chain ->
  spans lowest highest (reads chain o) -> highest - lowest + 1 = field chain.
Proof.
  intros chain o lowest highest H (A & B & C).
  destruct (region_of_chain chain o H) as (A' & B' & C').
  apply C in A', B'. apply C' in A, B. unfold last_cell in *. lia.
Qed.

(* The centre: 2*c = 2*o*S0 - 2*P0 + r0 - 1. *)
Theorem centre_of_chain : forall (chain : list layer) (o : Z),
  twice_centre chain o = 2 * o * factor chain - 2 * margin chain + field chain - 1.
Proof. intros chain o. unfold twice_centre, last_cell, first_cell. lia. Qed.

(* With 2P = extent - 1 in each layer, the centres are at 0, S0, 2*S0 ... *)
Theorem centre_of_same_chain : forall (chain : list layer) (o : Z),
  Forall (fun l => 2 * padding l = reach l - 1) chain ->
  twice_centre chain o = 2 * o * factor chain.
Proof.
  intros chain o H. rewrite centre_of_chain.
  enough (2 * margin chain = field chain - 1) by lia.
  induction H as [| l rest Hl _ IH]; cbn [margin field]; [lia |].
  pose proof (f_equal (Z.mul (stride l)) IH). lia.
Qed.

(* Two branches are aligned, their centres the same at every output, exactly when they have   *)
(* the same S0 and the same r0 - 2*P0.                                                        *)
Theorem aligned_iff : forall one other : list layer,
  (forall o : Z, o >= 0 -> twice_centre one o = twice_centre other o) <->
  factor one = factor other /\
  field one - 2 * margin one = field other - 2 * margin other.
Proof.
  intros one other. split.
  - intro H. pose proof (H 0) as H0. pose proof (H 1) as H1. rewrite !centre_of_chain in *. lia.
  - intros [HS HP] o _. rewrite !centre_of_chain, HS. lia.
Qed.

(* Of two aligned branches, the one with the larger r0 reads from the first cell to the last  *)
(* one of both together: the sum of the branches has its r0 and its P0.                       *)
Theorem region_of_aligned : forall (one other : list layer) (o : Z),
  regular one -> regular other ->
  twice_centre one o = twice_centre other o -> field other <= field one ->
  spans (first_cell one o) (last_cell one o) (fun x => reads one o x \/ reads other o x).
Proof.
  intros one other o H H' C L.
  destruct (region_of_chain one o H) as (A & B & R).
  destruct (region_of_chain other o H') as (_ & _ & R').
  unfold twice_centre, last_cell in *. repeat split; try (left; assumption).
  - destruct H0 as [X | X]; [apply R in X | apply R' in X]; lia.
  - destruct H0 as [X | X]; [apply R in X | apply R' in X]; lia.
Qed.
