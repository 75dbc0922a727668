package dev.bluerig.inventory;

/// How a DPU is meant to be used: by its Arm cores, as a plain network card, or by its Arm cores with the host locked out.
public enum DpuMode { DPU, NIC, RESTRICTED }
