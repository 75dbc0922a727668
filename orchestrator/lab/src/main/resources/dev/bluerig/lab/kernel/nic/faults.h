/* SPDX-License-Identifier: GPL-2.0 */
/* Module parameters; all may be changed while traffic runs. */
#ifndef BLUERIG_NIC_FAULTS_H
#define BLUERIG_NIC_FAULTS_H

#include <linux/atomic.h>
#include <linux/types.h>

extern unsigned int nic_max_contexts;
extern bool nic_without_tls;
extern bool nic_tx_in_software;
extern bool nic_rx_in_software;
extern bool nic_rx_never_lock;
extern unsigned int nic_rx_error_every;
extern unsigned int nic_rx_corrupt_every;
extern unsigned int nic_tx_corrupt_every;

/* true for every Nth call; never for 0 */
bool nic_due(atomic_t *turn, unsigned int every);

#endif
