// SPDX-License-Identifier: GPL-2.0
/* The network device: up and down, carrier, MTU, features. */
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

#include "faults.h"
#include "nic.h"

static int nic_init(struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	if (!dev->tstats)
		return -ENOMEM;
	/* until nothing can transmit any more: nic_uninit() */
	netdev_hold(nic->lower, &nic->lower_tracker, GFP_KERNEL);
	return 0;
}

static void nic_uninit(struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	netdev_put(nic->lower, &nic->lower_tracker);
	free_percpu(dev->tstats);
}

static void nic_lost_carrier(struct nic *nic)
{
	nic_count(nic, NIC_link_down_events_phy);
}

/* The lower device is the cable. */
void nic_follow_lower(struct nic *nic)
{
	bool had = netif_carrier_ok(nic->dev);

	netif_stacked_transfer_operstate(nic->lower, nic->dev);
	if (had && !netif_carrier_ok(nic->dev))
		nic_lost_carrier(nic);
}

/*
 * The other end of the cable has carrier while this end is up, so the lower device
 * goes up and down with this one.
 */
static int nic_open(struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);
	int err = dev_open(nic->lower, NULL);

	if (err)
		return err;
	netif_stacked_transfer_operstate(nic->lower, dev);
	return 0;
}

static int nic_stop(struct net_device *dev)
{
	struct nic *nic = netdev_priv(dev);

	if (netif_carrier_ok(dev))
		nic_lost_carrier(nic);
	netif_carrier_off(dev);
	/* when both leave together the kernel is closing the lower one already */
	if (!nic->leaving)
		dev_close(nic->lower);
	return 0;
}

static int nic_change_mtu(struct net_device *dev, int mtu)
{
	struct nic *nic = netdev_priv(dev);
	unsigned int before = dev->mtu;
	int err;

	/* first ours, so that the lower device's notice of its change finds both alike */
	WRITE_ONCE(dev->mtu, mtu);
	err = dev_set_mtu(nic->lower, mtu);
	if (err)
		WRITE_ONCE(dev->mtu, before);
	return err;
}

static const struct net_device_ops nic_device_ops = {
	.ndo_init		= nic_init,
	.ndo_uninit		= nic_uninit,
	.ndo_open		= nic_open,
	.ndo_stop		= nic_stop,
	.ndo_start_xmit		= nic_xmit,
	.ndo_change_mtu		= nic_change_mtu,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_get_stats64	= dev_get_tstats64,
};

void nic_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->max_mtu = NIC_MAX_MTU;
	dev->netdev_ops = &nic_device_ops;
	dev->ethtool_ops = &nic_ethtool_ops;
	dev->tlsdev_ops = &nic_tlsdev_ops;
	dev->needs_free_netdev = true;
	/* what is sent goes to the lower device at once */
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->hw_features = NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_RXCSUM |
			   NETIF_F_TSO | NETIF_F_TSO6 |
			   NETIF_F_HW_TLS_TX | NETIF_F_HW_TLS_RX;
	if (nic_without_tls)
		dev->hw_features &= ~(NETIF_F_HW_TLS_TX | NETIF_F_HW_TLS_RX);
	/* mlx5's defaults: transmit on, receive off (its en_accel/ktls.c) */
	dev->features = dev->hw_features & ~NETIF_F_HW_TLS_RX;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}
