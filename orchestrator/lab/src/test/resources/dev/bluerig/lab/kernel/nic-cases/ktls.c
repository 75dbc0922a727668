// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel TLS without a handshake, for tests of a NIC's offload: both ends know the keys.
 *
 *   ktls listen  ADDRESS PORT CONNECTIONS BYTES CIPHER [QUEUED]
 *   ktls connect ADDRESS PORT CONNECTIONS BYTES CIPHER [QUEUED]
 *
 * CIPHER is 128 or 256. Every connection carries BYTES each way at once, by blocking
 * calls; what arrives is compared with what must have been sent. QUEUED: this end sets
 * TLS_RX only when so many bytes of the stream are in the socket, as a server does that
 * was slow to finish its handshake.
 *
 * Prints one line, exits 0 if all was right, 1 if not, 2 for a wrong call.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/tls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEADLINE 90		/* seconds; emulated machines are slow */
#define CHUNK 65536

struct end {
	int fd;
	long bytes;
	uint32_t seed;		/* of what this end sends */
	uint32_t peer_seed;
	const char *failed;
	int error;
};

/* The first failure is the cause, what follows is the other thread's end. */
static void fail(struct end *end, const char *what, int error)
{
	const char *none = NULL;

	if (__atomic_compare_exchange_n(&end->failed, &none, what, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		end->error = error;
	shutdown(end->fd, SHUT_RDWR);
}

static uint32_t next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void fill(uint32_t *state, uint32_t *words, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes / sizeof(*words); i++)
		words[i] = next(state);
}

static void *sender(void *argument)
{
	static __thread uint32_t words[CHUNK / 4];
	struct end *end = argument;
	uint32_t state = end->seed;
	long left = end->bytes;

	while (left > 0) {
		size_t n = left < CHUNK ? left : CHUNK;
		size_t done = 0;

		fill(&state, words, sizeof(words));
		while (done < n) {
			ssize_t sent = send(end->fd, (char *)words + done, n - done, MSG_NOSIGNAL);

			if (sent < 0) {
				fail(end, "send", errno);
				return NULL;
			}
			done += sent;
		}
		left -= n;
	}
	return NULL;
}

static void *receiver(void *argument)
{
	static __thread uint32_t expected[CHUNK / 4];
	static __thread char got[CHUNK];
	struct end *end = argument;
	uint32_t state = end->peer_seed;
	long left = end->bytes;

	while (left > 0) {
		size_t n = left < CHUNK ? left : CHUNK;
		size_t done = 0;

		while (done < n) {
			ssize_t came = recv(end->fd, got + done, n - done, 0);

			if (came <= 0) {
				fail(end, "recv", came ? errno : 0);
				return NULL;
			}
			done += came;
		}
		fill(&state, expected, sizeof(expected));
		if (memcmp(got, expected, n)) {
			fail(end, "compare", 0);
			return NULL;
		}
		left -= n;
	}
	return NULL;
}

/* Keys of one direction; a test has no secrets. */
static int set_keys(int fd, int direction, int cipher, uint32_t seed)
{
	struct tls12_crypto_info_aes_gcm_128 gcm128 = {
		.info = { TLS_1_2_VERSION, TLS_CIPHER_AES_GCM_128 },
	};
	struct tls12_crypto_info_aes_gcm_256 gcm256 = {
		.info = { TLS_1_2_VERSION, TLS_CIPHER_AES_GCM_256 },
	};

	if (cipher == 128) {
		memcpy(gcm128.key, &seed, sizeof(seed));
		memcpy(gcm128.salt, &seed, sizeof(seed));
		gcm128.rec_seq[7] = 1;
		return setsockopt(fd, SOL_TLS, direction, &gcm128, sizeof(gcm128));
	}
	memcpy(gcm256.key, &seed, sizeof(seed));
	memcpy(gcm256.salt, &seed, sizeof(seed));
	gcm256.rec_seq[7] = 1;
	return setsockopt(fd, SOL_TLS, direction, &gcm256, sizeof(gcm256));
}

static void wait_queued(int fd, int bytes)
{
	int queued = 0;

	/* the deadline of the process bounds it */
	while (!ioctl(fd, FIONREAD, &queued) && queued < bytes)
		usleep(2000);
}

static int carry(int fd, long bytes, int cipher, int queued, uint32_t seed, uint32_t peer_seed)
{
	struct end end = { fd, bytes, seed, peer_seed, NULL, 0 };
	pthread_t threads[2];

	if (setsockopt(fd, IPPROTO_TCP, TCP_ULP, "tls", sizeof("tls")) ||
	    set_keys(fd, TLS_TX, cipher, seed)) {
		fprintf(stderr, "TLS_TX: %s\n", strerror(errno));
		return 1;
	}
	pthread_create(&threads[0], NULL, sender, &end);
	if (queued)
		wait_queued(fd, queued);
	if (set_keys(fd, TLS_RX, cipher, peer_seed)) {
		fprintf(stderr, "TLS_RX: %s\n", strerror(errno));
		return 1;
	}
	pthread_create(&threads[1], NULL, receiver, &end);
	pthread_join(threads[1], NULL);
	pthread_join(threads[0], NULL);
	if (end.failed) {
		fprintf(stderr, "%s: %s\n", end.failed, end.error ? strerror(end.error) : "wrong or too few bytes");
		return 1;
	}
	/* both ends have all, whoever is the last to read */
	shutdown(fd, SHUT_WR);
	return 0;
}

/* An address of either family; 0: it is none. */
static socklen_t parse(const char *address, int port, struct sockaddr_storage *to)
{
	struct sockaddr_in *four = (void *)to;
	struct sockaddr_in6 *six = (void *)to;

	memset(to, 0, sizeof(*to));
	if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(port);
		return sizeof(*four);
	}
	if (inet_pton(AF_INET6, address, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(port);
		return sizeof(*six);
	}
	return 0;
}

static int dial(const struct sockaddr_storage *to, socklen_t len)
{
	int fd = socket(to->ss_family, SOCK_STREAM, 0);

	while (connect(fd, (const struct sockaddr *)to, len)) {
		if (errno != ECONNREFUSED && errno != EHOSTUNREACH && errno != ENETUNREACH)
			return -1;
		close(fd);
		usleep(50000);
		fd = socket(to->ss_family, SOCK_STREAM, 0);
	}
	return fd;
}

static int child(int fd, char **arguments, int listens, int number, int queued)
{
	uint32_t mine = 0x9e3779b9u * (2 * number + listens + 1);
	uint32_t theirs = 0x9e3779b9u * (2 * number + !listens + 1);

	alarm(DEADLINE);
	return carry(fd, atol(arguments[5]), atoi(arguments[6]), queued, mine, theirs);
}

int main(int count, char **arguments)
{
	struct sockaddr_storage address;
	socklen_t len = count < 7 ? 0 : parse(arguments[2], atoi(arguments[3]), &address);
	int listens, connections, queued, i, door = -1, wrong = 0, one = 1;

	if (!len) {
		fprintf(stderr, "ktls listen|connect ADDRESS PORT CONNECTIONS BYTES 128|256 [QUEUED]\n");
		return 2;
	}
	listens = !strcmp(arguments[1], "listen");
	connections = atoi(arguments[4]);
	queued = count > 7 ? atoi(arguments[7]) : 0;
	alarm(DEADLINE);
	if (listens) {
		door = socket(address.ss_family, SOCK_STREAM, 0);
		setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (bind(door, (struct sockaddr *)&address, len) || listen(door, connections)) {
			perror("listen");
			return 1;
		}
	}
	for (i = 0; i < connections; i++) {
		uint32_t number = i;
		int fd = listens ? accept(door, NULL, NULL) : dial(&address, len);

		if (fd < 0) {
			perror(arguments[1]);
			return 1;
		}
		/* in clear, before TLS: which of the connections this is */
		if (listens ? recv(fd, &number, sizeof(number), MSG_WAITALL) != sizeof(number)
			    : send(fd, &number, sizeof(number), 0) != sizeof(number)) {
			perror("number");
			return 1;
		}
		if (!fork())
			_exit(child(fd, arguments, listens, number, queued));
		close(fd);
	}
	for (i = 0; i < connections; i++) {
		int status;

		if (wait(&status) < 0 || status)
			wrong++;
	}
	printf("%s: %d of %d connections right\n", arguments[1], connections - wrong, connections);
	return wrong ? 1 : 0;
}
