// SPDX-License-Identifier: GPL-2.0
/*
 * Faults on purpose: each makes the device lie or fail in one way that a judge of
 * offload must notice.
 */
#include <linux/moduleparam.h>

#include "faults.h"

unsigned int nic_max_contexts = 1024;
module_param_named(max_contexts, nic_max_contexts, uint, 0644);
MODULE_PARM_DESC(max_contexts, "most contexts of a device in one direction; beyond, net/tls is refused and falls back to software; 0 refuses all");

bool nic_without_tls;
module_param_named(without_tls, nic_without_tls, bool, 0644);
MODULE_PARM_DESC(without_tls, "devices that are made from now on cannot encrypt, as a card whose crypto is disabled: tls-hw-* off [fixed]");

bool nic_tx_in_software;
module_param_named(tx_in_software, nic_tx_in_software, bool, 0644);
MODULE_PARM_DESC(tx_in_software, "contexts are accepted (txconf: hw), the kernel's software encrypts, tx_tls_encrypted_* stand still");

bool nic_rx_in_software;
module_param_named(rx_in_software, nic_rx_in_software, bool, 0644);
MODULE_PARM_DESC(rx_in_software, "contexts are accepted (rxconf: hw), frames go up as they came, rx_tls_* stand still");

bool nic_rx_never_lock;
module_param_named(rx_never_lock, nic_rx_never_lock, bool, 0644);
MODULE_PARM_DESC(rx_never_lock, "contexts are accepted (rxconf: hw), resyncs are asked for and none of their answers is taken: rx_tls_resync_res_skip");

unsigned int nic_rx_error_every;
module_param_named(rx_error_every, nic_rx_error_every, uint, 0644);
MODULE_PARM_DESC(rx_error_every, "every Nth frame that could be decrypted is an error: it goes up as it came, rx_tls_err; 0: none");

unsigned int nic_rx_corrupt_every;
module_param_named(rx_corrupt_every, nic_rx_corrupt_every, uint, 0644);
MODULE_PARM_DESC(rx_corrupt_every, "one byte of every Nth decrypted frame is wrong, and the device does not know; 0: none");

unsigned int nic_tx_corrupt_every;
module_param_named(tx_corrupt_every, nic_tx_corrupt_every, uint, 0644);
MODULE_PARM_DESC(tx_corrupt_every, "one byte of every Nth encrypted packet is wrong, and the device does not know; 0: none");

bool nic_due(atomic_t *turn, unsigned int every)
{
	return every && (unsigned int)atomic_inc_return(turn) % every == 0;
}
