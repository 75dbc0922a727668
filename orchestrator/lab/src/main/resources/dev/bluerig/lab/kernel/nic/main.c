// SPDX-License-Identifier: GPL-2.0
/*
 * bluerig_nic: a model of a NIC that encrypts and decrypts kernel TLS.
 *
 *   ip link add link LOWER name ens5f0np0 address 02:... type bluerig
 *
 * The device stands on LOWER (a veth, a virtio NIC) and takes all of it: to its user
 * the two are one device. It advertises tls-hw-tx-offload (on) and tls-hw-rx-offload
 * (off) as mlx5 does, so that net/tls takes its own device path; everything behind
 * that path is done here in software.
 *
 * This file: the module, and how devices come and go.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>

#include "nic.h"

static int nic_newlink(struct net *src_net, struct net_device *dev,
		       struct nlattr *tb[], struct nlattr *data[],
		       struct netlink_ext_ack *extack)
{
	struct nic *nic = netdev_priv(dev);
	struct net_device *lower;
	int err;

	if (!tb[IFLA_LINK]) {
		NL_SET_ERR_MSG(extack, "the device below is missing: link LOWER");
		return -EINVAL;
	}
	lower = __dev_get_by_index(src_net, nla_get_u32(tb[IFLA_LINK]));
	if (!lower) {
		NL_SET_ERR_MSG(extack, "the device below does not exist");
		return -ENODEV;
	}
	if (lower->type != ARPHRD_ETHER || lower->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "the device below is no Ethernet device");
		return -EINVAL;
	}

	nic->dev = dev;
	nic->lower = lower;
	spin_lock_init(&nic->lock);
	hash_init(nic->flows);

	if (!tb[IFLA_ADDRESS])
		eth_hw_addr_inherit(dev, lower);
	/* register_netdevice() then takes it for the permanent address */
	dev->addr_assign_type = NET_ADDR_PERM;
	if (!tb[IFLA_MTU])
		dev->mtu = min_t(unsigned int, lower->mtu, NIC_MAX_MTU);
	netif_set_tso_max_size(dev, NIC_TSO_BYTES);

	err = register_netdevice(dev);
	if (err)
		return err;
	err = netdev_rx_handler_register(lower, nic_handle_frame, nic);
	if (err) {
		NL_SET_ERR_MSG(extack, "the device below belongs to another device");
		goto unregister;
	}
	err = netdev_upper_dev_link(lower, dev, extack);
	if (err)
		goto unhandle;
	err = dev_set_promiscuity(lower, 1);
	if (err)
		goto unlink;
	if (lower->mtu != dev->mtu) {
		err = dev_set_mtu(lower, dev->mtu);
		if (err)
			goto unpromise;
	}
	netif_stacked_transfer_operstate(lower, dev);
	return 0;

unpromise:
	dev_set_promiscuity(lower, -1);
unlink:
	netdev_upper_dev_unlink(lower, dev);
unhandle:
	netdev_rx_handler_unregister(lower);
unregister:
	nic->leaving = true;
	unregister_netdevice(dev);
	return err;
}

static void nic_dellink(struct net_device *dev, struct list_head *head)
{
	struct nic *nic = netdev_priv(dev);

	nic->leaving = true;
	netdev_rx_handler_unregister(nic->lower);
	dev_set_promiscuity(nic->lower, -1);
	netdev_upper_dev_unlink(nic->lower, dev);
	unregister_netdevice_queue(dev, head);
}

static struct rtnl_link_ops nic_link_ops = {
	.kind		= NIC_KIND,
	.priv_size	= sizeof(struct nic),
	.setup		= nic_setup,
	.newlink	= nic_newlink,
	.dellink	= nic_dellink,
};

static void nic_lower_mtu(struct nic *nic)
{
	if (nic->lower->mtu == nic->dev->mtu)
		return;
	/* one device to its user: it has one MTU */
	if (dev_set_mtu(nic->dev, nic->lower->mtu))
		netdev_warn(nic->dev, "MTU %u of %s is none of this device\n",
			    nic->lower->mtu, nic->lower->name);
}

static int nic_lower_event(struct notifier_block *block, unsigned long event, void *info)
{
	struct net_device *lower = netdev_notifier_info_to_dev(info);
	struct nic *nic;
	LIST_HEAD(gone);

	if (rcu_access_pointer(lower->rx_handler) != nic_handle_frame)
		return NOTIFY_DONE;
	nic = rtnl_dereference(lower->rx_handler_data);

	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		if (netif_running(nic->dev))
			nic_follow_lower(nic);
		break;
	case NETDEV_CHANGEMTU:
		nic_lower_mtu(nic);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return NOTIFY_BAD;
	case NETDEV_UNREGISTER:
		/* not when it only moves to another network namespace */
		if (lower->reg_state != NETREG_UNREGISTERING)
			break;
		nic_dellink(nic->dev, &gone);
		unregister_netdevice_many(&gone);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block nic_lower_notifier = {
	.notifier_call = nic_lower_event,
};

static int __init nic_module_init(void)
{
	int err;

	err = nic_offload_init();
	if (err)
		return err;
	err = register_netdevice_notifier(&nic_lower_notifier);
	if (err)
		goto offload;
	err = rtnl_link_register(&nic_link_ops);
	if (err)
		goto notifier;
	return 0;

notifier:
	unregister_netdevice_notifier(&nic_lower_notifier);
offload:
	nic_offload_exit();
	return err;
}

static void __exit nic_module_exit(void)
{
	rtnl_link_unregister(&nic_link_ops);
	unregister_netdevice_notifier(&nic_lower_notifier);
	nic_offload_exit();
}

module_init(nic_module_init);
module_exit(nic_module_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Model of a NIC with kernel TLS offload");
MODULE_ALIAS_RTNL_LINK(NIC_KIND);
