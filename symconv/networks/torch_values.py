"""Operators that look at values, of which no size tells anything.

An index that a buffer keeps is known, and whether it lies within an axis is a decision. Of other
indices nothing is known, and neither is what a model does with them. Of an operator that stands in
none of the tables here nobody has looked whether it does; then nothing is proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from typing import Any

import torch

from symconv.networks.exploring import Explorer
from symconv.networks.torch_indices import INDEXED, check_indices
from symconv.networks.torch_sizes import amount_of, amounts, in_order
from symconv.networks.truths import both

aten = torch.ops.aten

_BLIND_NAMES = """
_adaptive_avg_pool2d _adaptive_avg_pool3d _cdist_forward _conj _euclidean_dist _fft_c2c
_fft_c2r _fft_r2c _fused_rms_norm _log_softmax _native_batch_norm_legit
_native_batch_norm_legit_no_training _pad_circular _prelu_kernel _reshape_alias _safe_softmax
_scaled_dot_product_attention_math _scaled_dot_product_flash_attention_for_cpu _softmax
_thnn_fused_gru_cell _thnn_fused_lstm_cell _to_copy _unsafe_index _unsafe_view
_upsample_bicubic2d_aa _upsample_bilinear2d_aa _weight_norm_interface abs adaptive_max_pool2d
adaptive_max_pool3d add addbmm addmm addmv addr affine_grid_generator alias all amax amin any
arange argmax argmin atleast_1d avg_pool1d avg_pool2d avg_pool3d baddbmm batch_norm
binary_cross_entropy_with_logits bmm broadcast_tensors broadcast_to cartesian_prod cat
channel_shuffle clone col2im complex conj constant_pad_nd contiguous convolution copy copy_
cosine_similarity cross cummax cummin cumprod cumsum detach diag diag_embed diagonal dot
dropout empty empty_like empty_permuted empty_strided expand expand_as eye fft_fft fft_fft2
fft_fftn fft_fftshift fft_ifft fft_ifft2 fft_ifftn fft_ifftshift fft_irfft fft_irfft2
fft_irfftn fft_rfft fft_rfft2 fft_rfftn fill fill_ flatten flip floor_divide full full_like glu
grid_sampler_2d grid_sampler_3d group_norm hamming_window hann_window hardswish huber_loss
im2col imag instance_norm is_same_size kthvalue l1_loss layer_norm lift lift_fresh
lift_fresh_copy linalg_cross linalg_matrix_exp linalg_vector_norm linear linspace log_sigmoid
log_sigmoid_forward logcumsumexp logsumexp masked_fill masked_fill_ matmul max
max_pool2d_with_indices max_pool3d_with_indices mean meshgrid min mm movedim movedim_ mse_loss
mul mv narrow native_batch_norm native_dropout native_group_norm native_layer_norm new_empty
new_empty_strided new_full new_ones new_zeros norm normal_ numel ones ones_like
pairwise_distance permute pixel_shuffle pixel_unshuffle polar prelu prod rand rand_like randint
randint_like randn randn_like randperm real reflection_pad1d reflection_pad2d reflection_pad3d
renorm repeat replication_pad1d replication_pad2d replication_pad3d requires_grad_ reshape
resolve_conj rms_norm roll rot90 rrelu_with_noise rsub scalar_tensor select set_ size slice
smooth_l1_loss soft_margin_loss sort split split_with_sizes squeeze stack std std_mean stride
sub sum swapaxes sym_numel sym_size sym_stride t topk transpose tril tril_ tril_indices triu
triu_ triu_indices unbind unfold uniform_ unsafe_chunk unsafe_split unsqueeze
upsample_bicubic2d upsample_bilinear2d upsample_linear1d upsample_nearest1d upsample_nearest2d
upsample_nearest3d upsample_trilinear3d var var_mean vdot view view_as view_as_complex
view_as_real where zero_ zeros zeros_like
"""
BLIND = frozenset(_BLIND_NAMES.split())
"""Operators of torch's that look at no value: which size comes out, and whether one does."""

_NOT_EMPTY_NAMES = """
_weight_norm_interface amax amin aminmax argmax argmin max median min mode nanmedian
"""
NOT_EMPTY = frozenset(_NOT_EMPTY_NAMES.split())
"""Operators that take no tensor without cells, though torch's meta code does."""

IN_ORDER = frozenset(("_fft_c2c", "_fft_c2r", "_fft_r2c", "roll"))
"""Operators whose kernels lay out what comes of permuted tensors as the meta code does not."""

_QUOTIENTS = ("div", "remainder", "fmod", "floor_divide")
DIVIDING = frozenset((*_QUOTIENTS, *(f"{name}_" for name in _QUOTIENTS)))
"""Operators that refuse to divide integers by 0."""


_OF_ANY_NUMBER_NAMES = """
_scaled_dot_product_attention_math _scaled_dot_product_flash_attention_for_cpu add addcdiv addcmul
addmm arange baddbmm clamp clamp_max clamp_min constant_pad_nd div eq fill floor_divide fmod full
full_like ge gt hardtanh le leaky_relu lerp linspace lt masked_fill maximum minimum mul ne new_full
pow remainder rsub scalar_tensor scaled_dot_product_attention sub true_divide where
"""
_OF_ANY_NUMBER = frozenset(
    inplace for name in _OF_ANY_NUMBER_NAMES.split() for inplace in (name, f"{name}_")
)
"""Operators that take a number beside tensors, whichever it is, or say themselves which not."""

_LOOKED_AT = ("aten", "prim")
"""Where the operators stand that the tables here name."""

_LOOKING_NAMES = """
_embedding_bag _local_scalar_dense _unique2 bernoulli binary_cross_entropy bincount
embedding_bag equal masked_scatter masked_select max_unpool2d max_unpool3d multinomial
nll_loss2d_forward nll_loss_forward nonzero poisson put repeat_interleave take
unique_consecutive unique_dim
"""
_LOOKING = frozenset(_LOOKING_NAMES.split())
"""Operators that look at values in other ways."""


def check_values(
    explorer: Explorer, operator: Any, args: Sequence[Any], named: Mapping[str, Any]
) -> None:
    """See that an operator looks at no value that nobody knows.

    Raises:
        RefusedError: an index that is known lies beyond its axis.
        LostError: nobody knows what the operator looks at.
    """
    name = operator.overloadpacket.__name__
    plain = name.removesuffix("_")
    if operator.namespace not in _LOOKED_AT:
        explorer.lost(f"nobody has looked yet at {operator.name()}, which is none of torch's own")
    if plain in _LOOKING:
        explorer.lost(f"looks at values, in {name}")
    if plain == "as_strided":
        _check_reach(explorer, name, *args)
        return
    if plain in NOT_EMPTY:
        _check_cells(explorer, name, args[0])
    if name in DIVIDING:
        _check_divisor(explorer, name, args[:2])
    if plain == "pow" and _whole(args[:1]):
        _check_exponent(explorer, name, args[1])
    if plain in INDEXED:
        check_indices(explorer, name, args)
    if _open_numbers(operator, args, named) and name not in _OF_ANY_NUMBER:
        explorer.lost(f"nobody has looked yet which numbers torch.{name} takes")
    if plain in IN_ORDER and not in_order(explorer, args[0]):
        explorer.lost(f"lays cells out in an order of its own, in {name}")
    if not (
        _is_pointwise(plain)
        or plain in INDEXED
        or plain in BLIND
        or name in BLIND
        or plain in NOT_EMPTY
    ):
        explorer.lost(f"nobody has looked yet whether values matter to torch.{name}")


def _open_numbers(operator: Any, args: Sequence[Any], named: Mapping[str, Any]) -> bool:
    """Whether an operator is given a number that depends on the size, and that is none itself."""
    return any(
        isinstance(value, torch.SymInt | torch.SymFloat) and _NUMBER.search(str(each.type))
        for each, value in _given(operator, args, named)
    )


_NUMBER = re.compile(r"\b(number|float)\b")
"""How the schema of an operator calls a number that is no size."""


def _given(
    operator: Any, args: Sequence[Any], named: Mapping[str, Any]
) -> Iterator[tuple[Any, Any]]:
    """Yield an operator's arguments, each with what is given for it."""
    schema = operator._schema.arguments
    yield from zip(schema, args, strict=False)
    yield from ((each, named[each.name]) for each in schema if each.name in named)


@cache
def _is_pointwise(name: str) -> bool:
    """Whether an operator works cell by cell, in place or not."""
    packet = getattr(aten, name, None)
    overloads = packet.overloads() if packet is not None else ()
    return any(torch.Tag.pointwise in getattr(packet, each).tags for each in overloads)


def _check_cells(explorer: Explorer, name: str, given: Any) -> None:
    """Give the run up where a tensor has no cell."""
    for size in amounts(given.shape):
        if not explorer.decide(explorer.recorder.at_most(1, size)):
            explorer.lost(f"looks for a cell where there is none, in {name}")


def _check_reach(
    explorer: Explorer, name: str, given: Any, size: Any, stride: Any, offset: Any = None
) -> None:
    """Give the run up where a tensor is seen with strides that may reach beyond its cells."""
    recorder = explorer.recorder
    reach = amount_of(offset or 0)
    for cells, step in zip(amounts(size), amounts(stride), strict=True):
        plain = both(recorder.at_most(1, cells), recorder.at_most(0, step))
        if not explorer.decide(plain):
            explorer.lost(f"sees no cells, or backwards, in {name}")
        taken = recorder.product(recorder.difference(cells, 1), step)
        reach = recorder.total(reach, taken)
    own = reduce(recorder.product, amounts(given.shape), 1)  # type: ignore[arg-type]
    within = recorder.less(reach, own)
    if not in_order(explorer, given) or not explorer.decide(within):
        explorer.lost(f"sees cells by strides of its own, in {name}")


def _whole(operands: Sequence[Any]) -> bool:
    """Whether all tensors among some operands have integers."""
    kinds = [each.dtype for each in operands if isinstance(each, torch.Tensor)]
    return bool(kinds) and not any(kind.is_floating_point or kind.is_complex for kind in kinds)


def _check_divisor(explorer: Explorer, name: str, operands: Sequence[Any]) -> None:
    """Give the run up where integers are divided by 0, or by what nobody knows."""
    if len(operands) < 2 or not _whole(operands) or isinstance(operands[1], float):
        return
    divisor = amount_of(operands[1])
    if isinstance(divisor, torch.Tensor) or explorer.decide(explorer.recorder.equal(divisor, 0)):
        explorer.lost(f"divides by integers that nobody knows, or by 0, in {name}")


def _check_exponent(explorer: Explorer, name: str, exponent: Any) -> None:
    """Give the run up where an integer is raised to a power that is, or may be, negative."""
    power = amount_of(exponent)
    if isinstance(power, float):
        return
    if isinstance(power, torch.Tensor) or not explorer.decide(explorer.recorder.at_most(0, power)):
        explorer.lost(f"raises integers to a negative power, in {name}")


def check_writes(explorer: Explorer, operator: Any, args: Sequence[Any], named: Any) -> None:
    """See that an operator writes no cell that it also reads elsewhere, or writes twice.

    Torch's kernels refuse that, and its meta code does not see it.

    Raises:
        LostError: it may.
    """
    if not operator._schema.is_mutable:
        return
    given = [*_given(operator, args, named)]
    written = [value for each, value in given if each.alias_info and each.alias_info.is_write]
    others = [value for each, value in given if not (each.alias_info and each.alias_info.is_write)]
    for target in filter(_is_tensor, written):
        pairs = zip(amounts(target.shape), amounts(target.stride()), strict=True)
        if any(stride == 0 and size != 1 for size, stride in pairs):
            explorer.lost(f"writes cells that are one and the same, in {operator}")
        for other in filter(_is_tensor, others):
            if _overlaps(target, other):
                explorer.lost(f"writes cells that it reads elsewhere, in {operator}")


def _is_tensor(value: Any) -> bool:
    return isinstance(value, torch.Tensor)


def _overlaps(target: Any, other: Any) -> bool:
    """Whether two tensors may share some cells, and not all of them in the same places."""
    if target is other or target.untyped_storage()._cdata != other.untyped_storage()._cdata:
        return False
    return _place(target) != _place(other)


def _place(given: Any) -> tuple[Any, ...]:
    offset = amount_of(given.storage_offset())
    return amounts(given.shape), amounts(given.stride()), offset
