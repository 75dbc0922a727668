/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BLUERIG_NIC_RECEIVE_H
#define BLUERIG_NIC_RECEIVE_H

#include <linux/workqueue.h>

#include "engine.h"
#include "flow.h"

struct nic_rx_context {
	struct hlist_node node;		/* of nic->flows; readers hold RCU */
	struct rcu_work retired;
	struct nic_flow flow;
	/*
	 * Also holds off the end of the socket's TLS context: net/tls frees it without
	 * RCU once tls_dev_del() returned.
	 */
	spinlock_t lock;
	struct engine engine;
};

#endif
