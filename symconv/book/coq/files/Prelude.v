(* Prelude: the tactic `sizes`, which closes claims about sizes. The generated proofs use it. *)
(* Claims: +, -, *, /, mod, Z.min, Z.max, if on <=? <? =?, and <=, <, =, /\, \/, ~, <->, ->.   *)
(* It goes by product lemmas and lia; nia is only the last resort, with a limit of time.      *)
Require Import ZArith Lia.
Require Import Coq.Logic.Decidable.
From Symconv Require Import Floors Splitting.
Export Floors Splitting.
Open Scope Z_scope.

(* The laws that `sizes` unfolds: Laws.v and the generated files add theirs to this base.     *)
Create HintDb laws.

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
  | H : ?c * _ = ?c * _ |- _ => apply mul_cancel_left in H; [ | lia]
  | H : ?c * ?a = ?c |- _ => apply (mul_cancel_one a c) in H; [ | lia]
  | H : @eq Z ?a ?b |- _ => is_var a; subst a
  | H : @eq Z ?a ?b |- _ => is_var b; subst b
  | H : @eq Z ?a ?b, v : Z |- _ => first
      [ first [added v a | taken v b]; solve_with solved_minus H v
      | first [taken v a | added v b]; solve_with solved_plus H v ]
  end.

(* Proves that a divisor is positive. *)
Ltac positive := first
  [ lia | apply mul_ge_one; positive | apply (Zlt_le_succ 0); apply Z.pow_pos_nonneg; lia ].
Ltac note_new_divisor s P := lazymatch goal with
  | _ : divisor s |- _ => fail
  | _ => pose proof (divisor_of s P) end.

(* Every quotient becomes a variable with the two inequalities of the floor. Multiples of the *)
(* divisor leave it first: x = f(s) is f(0) + s * (f(1) - f(0)) when f is linear.             *)
Ltac without_multiples x s tac := is_var s;
  lazymatch x with context [s] => idtac end;
  lazymatch eval pattern s in x with ?f _ =>
    let rest := eval cbv beta in (f 0) in
    let times := eval cbv beta in (f 1 - f 0) in
    tac rest times end.
Ltac floor_of x s :=
  lazymatch x with context [_ / _] => fail | _ => idtac end;
  let P := fresh "P" in let q := fresh "q" in
  assert (P : 1 <= s) by positive;
  first
    [ without_multiples x s ltac:(fun rest times =>
        rewrite (floor_out x rest times s P) in * by ring)
    | pose proof (quotient_low x s P); pose proof (quotient_high x s P);
      pose proof (quotient_of x s); try note_new_divisor s P;
      set (q := x / s) in *; clearbody q ]; clear P.
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

(* The same for a quotient whose dividend has become such a multiple. *)
Ltac reduce := repeat match goal with
  | Q : quotient ?q ?x ?s |- _ => is_var q;
      without_multiples x s ltac:(fun rest times =>
        lazymatch times with context [q] => fail | _ => idtac end;
        let E := fresh in
        assert (E : q = rest / s + times)
          by (apply (quotient_out q x rest times s Q); [assumption | ring]);
        clear Q; subst q; floor_of rest s)
  end.

(* Inequalities in the form 0 <= e. *)
Ltac gaps := repeat match goal with
  | H : @eq Z ?a ?b |- _ => pose proof (gap_le a b (Z.eq_le_incl a b H));
      pose proof (gap_le b a (Z.eq_le_incl b a (eq_sym H))); clear H
  | H : _ < _ |- _ => apply gap_lt in H
  | H : ?a <= _ |- _ => lazymatch a with 0 => fail | _ => apply gap_le in H end
  end.

(* Every inequality times every divisor; then the claim is linear in the products. *)
Ltac divisors found := match goal with
  | H : divisor _ |- _ =>
      lazymatch found with context [H] => fail | _ => divisors (found, H) end
  | _ => found end.
Ltac multiply heads H := lazymatch heads with
  | (?rest, ?D) => pose proof (product_kept _ _ D H); multiply rest H
  | _ => idtac end.
Ltac by_products :=
  solve_equalities; gaps;
  let heads := divisors tt in
  repeat match goal with H : 0 <= _ |- _ => multiply heads H; apply kept_of in H end;
  unfold kept in *; lia.

(* If that is not enough: variables known to be positive count as divisors, and their products *)
(* in pairs as inequalities.                                                                  *)
Ltac multiply_pairs heads := lazymatch heads with
  | (?rest, ?D) =>
      lazymatch type of D with divisor ?s => multiply rest (D : 0 <= s - 1) end;
      multiply_pairs rest
  | _ => idtac end.
Ltac note_factors :=
  repeat match goal with
  | H : 1 <= ?v |- _ => is_var v; note_new_divisor v H
  | H : 0 < ?v |- _ => is_var v; note_new_divisor v (Zlt_le_succ 0 v H) end;
  let heads := divisors tt in multiply_pairs heads; unfold kept in *.

(* Two quotients with one divisor and the same dividend are one. *)
Ltac merge := repeat match goal with
  | Q : quotient ?q ?x ?s, R : quotient ?r ?y ?s |- _ =>
      is_var q; is_var r; lazymatch q with r => fail | _ => idtac end;
      assert (q = r) by (apply (quotient_same q r x y s Q R); lia); subst q; clear Q
  end.

(* The sign of a quotient, where the dividend shows it. *)
Ltac sign q x s Q :=
  try (assert (0 <= q) by (apply (quotient_from_zero q x s Q); [assumption | lia]));
  try (assert (q <= 0) by (apply (quotient_to_zero q x s Q); [assumption | lia]));
  try (assert (q = 0) by (apply Z.le_antisymm; assumption); subst q).
Ltac signs := repeat match goal with
  | Q : quotient ?q ?x ?s |- _ => is_var q;
      lazymatch goal with _ : compared q 0 |- _ => fail | _ => idtac end;
      assert (compared q 0) by exact I; sign q x s Q
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
  solve_equalities; reduce;
  first [ lia | by_products
        | lazymatch depth with S ?less => comparison; search less end ].

Ltac cases := settle;
  first [ lia
        | tryif decide_one then cases
          else (solve_equalities; simplify; floors; solve_equalities; reduce; merge; signs;
                first [search 1%nat | note_factors; search 3%nat | timeout 10 nia]) ].

(* The whole: closes a claim about sizes, or fails. *)
Ltac sizes :=
  intros; unfold_laws;
  solve [lia | split_goal; settle; solve_equalities; simplify; floors; cases].
