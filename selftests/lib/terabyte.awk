# SPDX-License-Identifier: GPL-2.0-only
# A recorded pageblocks file as one of 524288 blocks, 1 TiB on two nodes: its own blocks again and again.
NR <= 2 { print; next }
{ row[count++] = $0 }
END {
	for (i = 0; i < 524288; i++) {
		$0 = row[i < count ? i : 8 + i % (count - 8)]
		$1 = i < 262144 ? 0 : 1
		$2 = i < 8 ? "DMA" : i < 2048 ? "DMA32" : "Normal"
		$3 = i * 512
		print
	}
}
