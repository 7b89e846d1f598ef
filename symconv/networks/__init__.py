"""Whole networks: which sizes they take, what comes out, and a proof of both."""

from symconv.networks.auditing import audit
from symconv.networks.model_answer import ModelAudit
from symconv.networks.result import Audit

__all__ = ["Audit", "ModelAudit", "audit"]
