"""Which models `collect_settings.py` builds: a table of packages, each with its models.

A builder yields, for each model, its architecture, its name and what makes it. Everything is built
on the meta device where that will do, from default configurations: no weights are loaded.
"""

import inspect
import re
from functools import partial
from itertools import groupby

import torch


def meta(make):
    """Return what makes a model on the meta device, or where it looks at numbers, with them."""

    def made():
        try:
            with torch.device("meta"):
                return make()
        except (NotImplementedError, RuntimeError):
            return make()

    return made


def torchvision_models():
    """Every model of torchvision; not those whose layers are there already, quantized or wide."""
    if not hasattr(torch.ops.torchvision, "nms"):  # a build for another device, without its kernels
        for name in ("nms", "qnms"):
            torch.library.define(
                f"torchvision::{name}",
                "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
            )
    from torchvision import models

    without = {"weights": None, "weights_backbone": None, "init_weights": False}
    for name in models.list_models():
        builder = models.get_model_builder(name)
        if "quantized" in name or "128gf" in name:
            continue
        taken = inspect.signature(builder).parameters
        named = {key: value for key, value in without.items() if key in taken}
        if name in ("googlenet", "inception_v3"):
            named["init_weights"] = False
        yield builder.__module__, name, meta(partial(builder, **named))


def timm_models():
    """The first and the last model of each beginning of a name in each file of timm."""
    next(torchvision_models())
    import timm

    def place(name):
        return timm.models.model_entrypoint(name).__module__, re.split(r"[_\d]", name)[0]

    for (module, _), names in groupby(sorted(timm.list_models(), key=place), key=place):
        listed = list(names)
        for name in dict.fromkeys((listed[0], listed[-1])):
            yield module, name, meta(partial(timm.create_model, name))


def smp_models():
    """Each decoder over an encoder of its own, and encoders that are no torchvision or timm."""
    next(torchvision_models())
    import segmentation_models_pytorch as smp

    def decoder(kind):
        model = kind("resnet34", encoder_weights=None)
        model.encoder = torch.nn.Identity()
        return model

    for name, kind in smp.MODEL_ARCHITECTURES_MAPPING.items():
        yield name, name, meta(partial(decoder, kind))
    for name, entry in smp.encoders.encoders.items():
        kinds = {kind.__module__.split(".")[0] for kind in entry["encoder"].__mro__}
        if not kinds & {"torchvision", "timm"} and name[-1] in "048":
            make = partial(smp.encoders.get_encoder, name, weights=None)
            yield entry["encoder"].__module__, name, meta(make)


_SMALL_DIFFUSION = {
    "channels": (32, 64),
    "attention_levels": (False, True),
    "num_res_blocks": 1,
    "norm_num_groups": 16,
}
MONAI = {
    "AHNet": {},
    "AttentionUnet": {"channels": (16, 32, 64, 128), "strides": (2, 2, 2)},
    "AutoEncoder": {"channels": (16, 32, 64), "strides": (2, 2, 2)},
    "AutoencoderKL": _SMALL_DIFFUSION | {"latent_channels": 4},
    "BasicUNet": {},
    "BasicUNetPlusPlus": {},
    "ControlNet": _SMALL_DIFFUSION | {"num_head_channels": 8},
    "DAF3D": {"visual_output": False},
    "DenseNet121": {},
    "DiffusionModelUNet": _SMALL_DIFFUSION | {"num_head_channels": 8},
    "DynUNet": {
        "kernel_size": (3, 3, 3, 3),
        "strides": (1, 2, 2, 2),
        "upsample_kernel_size": (2, 2, 2),
    },
    "EfficientNetBN": {"model_name": "efficientnet-b0", "pretrained": False},
    "FlexibleUNet": {"backbone": "efficientnet-b0"},
    "GlobalNet": {"image_size": (32, 32, 32), "depth": 3, "num_channel_initial": 8},
    "HighResNet": {},
    "HoVerNet": {},
    "LocalNet": {"num_channel_initial": 8, "extract_levels": (0, 1, 2)},
    "MedNeXtSmall": {},
    "MultiScalePatchDiscriminator": {"num_d": 2, "num_layers_d": 3, "channels": 8},
    "PatchDiscriminator": {"channels": 8, "num_layers_d": 3},
    "Quicknat": {},
    "RegUNet": {"num_channel_initial": 8, "depth": 3},
    "SENet154": {"spatial_dims": 3, "in_channels": 1},
    "SEResNet50": {"spatial_dims": 3, "in_channels": 1},
    "SPADENet": {
        "label_nc": 3,
        "input_shape": (64, 64, 64),
        "channels": [16, 32],
        "z_dim": 4,
    },
    "SegResNet": {},
    "SegResNetDS": {},
    "SegResNetVAE": {"input_image_size": (64, 64, 64)},
    "SwinUNETR": {},
    "UNETR": {"img_size": (96, 96, 96)},
    "UNet": {"channels": (16, 32, 64, 128), "strides": (2, 2, 2), "num_res_units": 2},
    "VNet": {},
    "VQVAE": {},
    "VarAutoEncoder": {
        "in_shape": (1, 64, 64, 64),
        "latent_size": 8,
        "channels": (16, 32),
        "strides": (2, 2),
    },
    "ViT": {"img_size": (96, 96, 96), "patch_size": (16, 16, 16)},
    "ViTAutoEnc": {"img_size": (96, 96, 96), "patch_size": (16, 16, 16)},
    "resnet50": {},
}
"""Monai's networks and what of their arguments has no default, or would be large."""

USUAL = {"spatial_dims": 3, "in_channels": 1, "out_channels": 2, "num_classes": 2}


def monai_models():
    """The networks of the table, in two and in three axes."""
    from monai.networks import nets

    for name, own in MONAI.items():
        kind = getattr(nets, name)
        taken = inspect.signature(kind).parameters
        for axes in (2, 3) if "spatial_dims" in taken else (3,):
            given = {key: value for key, value in USUAL.items() if key in taken} | own
            given |= {"spatial_dims": axes} if "spatial_dims" in taken else {}
            for key, value in own.items():
                if key in ("image_size", "img_size", "input_shape", "patch_size"):
                    given[key] = value[:axes]
            if name == "VarAutoEncoder":
                given["in_shape"] = own["in_shape"][: axes + 1]
            yield name, f"{name} {axes}d", meta(partial(kind, **given))


def diffusers_models():
    """Every model of diffusers that its defaults make."""
    next(torchvision_models())
    import diffusers

    for name in dir(diffusers):
        if name.endswith(("Pipeline", "Scheduler")) or not name[0].isupper():
            continue
        try:
            kind = getattr(diffusers, name)
        except Exception:  # it needs what is not here
            continue
        if isinstance(kind, type) and issubclass(kind, torch.nn.Module):
            yield kind.__module__, name, meta(kind)


def transformers_models():
    """A model for each configuration, by its defaults."""
    next(torchvision_models())
    import transformers
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.models.auto.modeling_auto import MODEL_MAPPING

    def build(kind):
        config = kind()
        for part in (config, getattr(config, "text_config", None)):
            for name in ("num_hidden_layers", "num_layers", "n_layer", "num_experts"):
                if isinstance(getattr(part, name, None), int):
                    try:  # many equal blocks of a language model tell nothing more
                        setattr(part, name, min(4, getattr(part, name)))
                    except Exception:  # some configurations count them themselves
                        continue
        try:
            return transformers.AutoModel.from_config(config)
        except Exception:
            return transformers.AutoModel.from_config(kind())

    for name, kind in CONFIG_MAPPING.items():
        if kind in MODEL_MAPPING:
            yield name, name, meta(partial(build, kind))
    for name in ("SpeechT5HifiGan", "FastSpeech2ConformerHifiGan", "UnivNetModel"):
        kind = getattr(transformers, name)
        yield name, name, meta(partial(lambda kind: kind(kind.config_class()), kind))


def torchaudio_models():
    """The factories of torchaudio that need no argument, and three that do."""
    from torchaudio import models

    for name in (
        *("conv_tasnet_base", "hdemucs_high", "hdemucs_low", "hubert_base"),
        *("squim_objective_base", "wav2vec2_base", "wav2vec2_large_lv60k", "wavlm_base"),
    ):
        sources = {"sources": ["a", "b"]} if "hdemucs" in name else {}
        yield name, name, meta(partial(getattr(models, name), **sources))
    yield "tacotron2", "tacotron2", meta(models.Tacotron2)
    yield "wav2letter", "wav2letter", meta(models.Wav2Letter)
    waves = {"input_type": "waveform"}
    yield "wav2letter", "wav2letter waveform", meta(partial(models.Wav2Letter, **waves))
    rate = {"upsample_scales": [5, 5, 8], "n_classes": 512, "hop_length": 200}
    yield "wavernn", "wavernn", meta(partial(models.WaveRNN, **rate))
    sizes = {"input_dim": 80, "num_heads": 4, "ffn_dim": 128, "num_layers": 4}
    kernel = {"depthwise_conv_kernel_size": 31}
    yield "conformer", "conformer", meta(partial(models.Conformer, **sizes, **kernel))


def speechbrain_models():
    """Convolutional parts of speechbrain by their defaults or those of its documentation."""
    from speechbrain.lobes.models import (
        CRDNN,
        ECAPA_TDNN,
        Cnn14,
        ContextNet,
        ESPnetVGG,
        HifiGAN,
        MetricGAN,
        ResNet,
        Tacotron2,
        Xvector,
        conv_tasnet,
        convolution,
        segan_model,
        wav2vec,
    )

    rates = {"resblock_type": "1", "upsample_kernel_sizes": [16, 16, 4, 4]}
    rates |= {"resblock_kernel_sizes": [3, 7, 11], "resblock_dilation_sizes": [[1, 3, 5]] * 3}
    rates |= {"upsample_initial_channel": 512, "upsample_factors": [8, 8, 2, 2]}
    table = {
        "HifiganGenerator": partial(
            HifiGAN.HifiganGenerator, in_channels=80, out_channels=1, **rates
        ),
        "HifiganDiscriminator": HifiGAN.HifiganDiscriminator,
        "CRDNN": partial(CRDNN.CRDNN, input_shape=[None, None, 80]),
        "ECAPA_TDNN": partial(ECAPA_TDNN.ECAPA_TDNN, 80),
        "Cnn14": partial(Cnn14.Cnn14, 80, 128),
        "ContextNet": partial(ContextNet.ContextNet, input_shape=[None, None, 80]),
        "ESPnetVGG": partial(ESPnetVGG.ESPnetVGG, input_shape=[None, None, 80]),
        "MetricDiscriminator": MetricGAN.MetricDiscriminator,
        "ResNet": ResNet.ResNet,
        "Tacotron2": Tacotron2.Tacotron2,
        "Xvector": partial(Xvector.Xvector, in_channels=80),
        "MaskNet": partial(conv_tasnet.MaskNet, 64, 64, 128, 3, 8, 2, 2),
        "Encoder": partial(conv_tasnet.Encoder, 16, 256),
        "Decoder": partial(conv_tasnet.Decoder, 16, 256),
        "ConvolutionFrontEnd": partial(convolution.ConvolutionFrontEnd, input_shape=(8, 100, 80)),
        "segan.Generator": partial(segan_model.Generator, 31, latent_vae=False, z_prob=False),
        "segan.Discriminator": partial(segan_model.Discriminator, 31),
        "W2VLatentExtractor": wav2vec.W2VLatentExtractor,
    }
    for name, make in table.items():
        yield name, name, make


BUILDERS = {
    "torchvision": torchvision_models,
    "timm": timm_models,
    "segmentation_models_pytorch": smp_models,
    "monai": monai_models,
    "diffusers": diffusers_models,
    "transformers": transformers_models,
    "torchaudio": torchaudio_models,
    "speechbrain": speechbrain_models,
}
"""What yields the models of each package: architecture, name, and what makes one."""
