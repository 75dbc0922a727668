// SPDX-License-Identifier: GPL-2.0
/* What ethtool is told. */
#include <linux/ethtool.h>
#include <linux/netdevice.h>

#include "nic.h"

#define NIC_COUNTER_NAME(name) #name,
static const char nic_counter_names[][ETH_GSTRING_LEN] = {
	NIC_COUNTER_ROWS(NIC_COUNTER_NAME)
};
#undef NIC_COUNTER_NAME

static void nic_get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	/* bus_info stays empty: there is no bus */
	strscpy(info->driver, NIC_NAME, sizeof(info->driver));
}

static int nic_get_link_ksettings(struct net_device *dev, struct ethtool_link_ksettings *link)
{
	bool carrier = netif_carrier_ok(dev);

	ethtool_link_ksettings_zero_link_mode(link, supported);
	ethtool_link_ksettings_zero_link_mode(link, advertising);
	ethtool_link_ksettings_add_link_mode(link, supported, 25000baseCR_Full);
	ethtool_link_ksettings_add_link_mode(link, advertising, 25000baseCR_Full);
	ethtool_link_ksettings_add_link_mode(link, supported, FIBRE);
	link->base.port = PORT_DA;
	link->base.autoneg = AUTONEG_DISABLE;
	link->base.speed = carrier ? SPEED_25000 : SPEED_UNKNOWN;
	link->base.duplex = carrier ? DUPLEX_FULL : DUPLEX_UNKNOWN;
	return 0;
}

static int nic_get_sset_count(struct net_device *dev, int set)
{
	return set == ETH_SS_STATS ? NIC_COUNTERS : -EOPNOTSUPP;
}

static void nic_get_strings(struct net_device *dev, u32 set, u8 *names)
{
	if (set == ETH_SS_STATS)
		memcpy(names, nic_counter_names, sizeof(nic_counter_names));
}

static void nic_get_stats(struct net_device *dev, struct ethtool_stats *stats, u64 *values)
{
	struct nic *nic = netdev_priv(dev);
	int i;

	for (i = 0; i < NIC_COUNTERS; i++)
		values[i] = atomic64_read(&nic->counters[i]);
}

const struct ethtool_ops nic_ethtool_ops = {
	.get_drvinfo		= nic_get_drvinfo,
	.get_link		= ethtool_op_get_link,
	.get_link_ksettings	= nic_get_link_ksettings,
	.get_sset_count		= nic_get_sset_count,
	.get_strings		= nic_get_strings,
	.get_ethtool_stats	= nic_get_stats,
};
