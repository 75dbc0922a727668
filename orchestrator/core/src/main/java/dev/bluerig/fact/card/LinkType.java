package dev.bluerig.fact.card;

/// What a port speaks.
public enum LinkType { ETHERNET, INFINIBAND }
