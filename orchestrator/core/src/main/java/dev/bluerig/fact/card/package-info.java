/// What a card and its PCIe slot are: firmware, mode, crypto, link type, counters, health.
///
/// | type | what it is |
/// |---|---|
/// | `Cards`, `CardState` | all cards of a machine; one of them with what waits for a reset |
/// | `CardFirmware`, `CardSettings`, `CardMode`, `LinkType` | what runs now and what comes next |
/// | `Crypto`, `CryptoWording`, `CryptoParts` | whether the card was fused with crypto, and who says so |
/// | `CardQuestions`, `FirmwareTools`, `MstStatus`, `Labels` | the tools that are asked, and how each prints |
/// | `EswitchMode`, `Mlx5Driver`, `BfImage` | how the card's switch works; where the driver is from; the image of a DPU |
/// | `NicCounters` | the driver's counters of one link |
/// | `PortOnDpu` | the uplink and the representor of a port of the host |
/// | `PcieLink`, `PcieErrors`, `Temperature` | health of the slot and the card |
package dev.bluerig.fact.card;
