(* Floors: the few facts about products, floors and remainders that the proofs need.          *)
(* Only Lia is imported: Psatz would bring in the axioms of the real numbers.                 *)
Require Import ZArith Lia.
Open Scope Z_scope.

(* ---- Products ---- *)

(* An inequality can be multiplied by a number that is not negative. *)
Lemma mul_le : forall a b c : Z, a <= b -> 0 <= c -> a * c <= b * c.
Proof. intros; apply Z.mul_le_mono_nonneg_r; assumption. Qed.

(* A product of positive numbers is positive. *)
Lemma mul_ge_one : forall a b : Z, 1 <= a -> 1 <= b -> 1 <= a * b.
Proof. intros a b Ha Hb. pose proof (mul_le 1 a b Ha). lia. Qed.

(* A positive factor can be cancelled from an equality. *)
Lemma mul_cancel : forall a b c : Z, 1 <= c -> a * c = b * c -> a = b.
Proof. intros a b c Hc H. apply (Z.mul_cancel_r a b c); [lia | assumption]. Qed.

Lemma mul_cancel_left : forall a b c : Z, 1 <= c -> c * a = c * b -> a = b.
Proof. intros a b c Hc H. apply (mul_cancel a b c); lia. Qed.

Lemma mul_cancel_one : forall a c : Z, 1 <= c -> c * a = c -> a = 1.
Proof. intros a c Hc H. apply (mul_cancel a 1 c); lia. Qed.

(* A positive factor can be cancelled from an inequality. *)
Lemma mul_le_cancel : forall a b c : Z, 1 <= c -> a * c <= b * c -> a <= b.
Proof. intros a b c Hc H. apply (Z.mul_le_mono_pos_r a b c); [lia | assumption]. Qed.

(* ---- Floors ---- *)

(* The two inequalities of the floor. *)
Lemma floor_spec : forall x s : Z, 1 <= s -> s * (x / s) <= x < s * (x / s) + s.
Proof.
  intros x s Hs. pose proof (Z.div_mod x s). pose proof (Z.mod_pos_bound x s). lia.
Qed.

(* The floor is the only number with these two inequalities. *)
Lemma floor_unique : forall x s q : Z, 1 <= s -> s * q <= x < s * q + s -> x / s = q.
Proof. intros x s q Hs H. symmetry. apply (Z.div_unique_pos x s q (x - s * q)); lia. Qed.

(* A number is below the floor exactly when its multiple is below the dividend. *)
Lemma floor_le_iff : forall x s j : Z, 1 <= s -> (j <= x / s <-> j * s <= x).
Proof.
  intros x s j Hs. pose proof (floor_spec x s Hs). split; intro H'.
  - pose proof (mul_le j (x / s) s). lia.
  - apply Z.nlt_ge; intro. pose proof (mul_le (x / s + 1) j s). lia.
Qed.

(* The floor does not decrease when the dividend grows. *)
Lemma floor_le_mono : forall x y s : Z, 1 <= s -> x <= y -> x / s <= y / s.
Proof. intros x y s Hs H. apply Z.div_le_mono; lia. Qed.

(* Multiples of the divisor leave the floor. *)
Lemma floor_add : forall x s k : Z, 1 <= s -> (x + k * s) / s = x / s + k.
Proof. intros; apply Z.div_add; lia. Qed.

(* The floor of a multiple is exact. *)
Lemma floor_mul : forall x s : Z, 1 <= s -> (s * x) / s = x.
Proof. intros x s Hs. apply floor_unique; lia. Qed.

(* A floor inside a floor is one floor. *)
Lemma floor_nest : forall x a b c d : Z, 1 <= b -> 1 <= d ->
  ((x + a) / b + c) / d = (x + a + b * c) / (b * d).
Proof.
  intros x a b c d Hb Hd. rewrite <- Z.div_div by lia. f_equal.
  replace (x + a + b * c) with (x + a + c * b) by ring. rewrite floor_add by assumption. lia.
Qed.

(* ---- Remainders ---- *)

(* The remainder in terms of the floor. *)
Lemma mod_spec : forall x s : Z, 1 <= s -> x mod s = x - s * (x / s).
Proof. intros x s Hs. apply Z.mod_eq; lia. Qed.

(* The remainder lies between 0 and the divisor. *)
Lemma mod_bound : forall x s : Z, 1 <= s -> 0 <= x mod s < s.
Proof. intros x s Hs. apply Z.mod_pos_bound; lia. Qed.

(* The remainder is the only number in this range at a multiple's distance. *)
Lemma mod_unique : forall x s q r : Z, 1 <= s -> 0 <= r < s -> x = s * q + r -> x mod s = r.
Proof. intros x s q r Hs Hr H. symmetry. apply (Z.mod_unique_pos x s q r); lia. Qed.

(* Remainder 0 is divisibility, with its witness. *)
Lemma mod_zero_iff : forall x s : Z, 1 <= s -> (x mod s = 0 <-> exists q, x = q * s).
Proof. intros x s Hs. rewrite Z.mod_divide by lia. reflexivity. Qed.

(* Equal remainders mean that the difference is a multiple. *)
Lemma mod_eq_iff : forall x y s : Z, 1 <= s -> (x mod s = y mod s <-> (x - y) mod s = 0).
Proof.
  intros x y s Hs. rewrite mod_zero_iff by assumption. split.
  - rewrite !mod_spec by assumption. intro. exists (x / s - y / s). lia.
  - intros [q Hq]. replace x with (y + q * s) by lia. apply Z_mod_plus_full.
Qed.
