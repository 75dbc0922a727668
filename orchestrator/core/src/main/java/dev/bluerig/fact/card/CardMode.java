package dev.bluerig.fact.card;

/// Who owns the card. `RESTRICTED` is DPU mode with the host locked out; `ADAPTER` is a card without Arm cores.
public enum CardMode { DPU, NIC, SEPARATED, RESTRICTED, ADAPTER }
