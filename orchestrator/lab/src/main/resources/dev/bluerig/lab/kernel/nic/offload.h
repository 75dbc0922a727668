/* SPDX-License-Identifier: GPL-2.0 */
/* What a socket's TLS offload has in the device. */
#ifndef BLUERIG_NIC_OFFLOAD_H
#define BLUERIG_NIC_OFFLOAD_H

#include <linux/types.h>

/* Lives in the driver's room of struct tls_offload_context_tx. */
struct nic_tx_context {
	u32 expected;		/* sequence number of the next packet in order */
};

#endif
