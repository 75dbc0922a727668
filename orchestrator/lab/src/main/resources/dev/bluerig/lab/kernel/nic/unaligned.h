/* SPDX-License-Identifier: GPL-2.0 */
/* The header that moved between the kernels that this module is built for. */
#ifndef BLUERIG_NIC_UNALIGNED_H
#define BLUERIG_NIC_UNALIGNED_H

#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#endif
