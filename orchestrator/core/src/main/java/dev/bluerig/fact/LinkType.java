package dev.bluerig.fact;

/// What a port speaks.
public enum LinkType { ETHERNET, INFINIBAND }
