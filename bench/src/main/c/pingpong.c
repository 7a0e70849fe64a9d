/*
 * The least that two processes can do to exchange the frames of Hob's wire: four bytes of length, then that many
 * bytes, given back as they came. One read a frame, no JSON. It is what everything else is measured against.
 *
 *   pingpong serve unix|tcp PATH   says 'ready'. For tcp, PATH gets the port's number.
 *   pingpong call unix|tcp PATH    says 'ready', then answers lines:
 *       measure BYTES CALLS             -> MEDIAN P10 P99, nanoseconds a call
 *       many CONNECTIONS BYTES MS       -> calls answered to all of them together
 * Both end with their standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 20, CALLS_MOST = 4000000, CONNECTIONS_MOST = 64 };

static _Thread_local char in[BUFFER_BYTES];
static char out[BUFFER_BYTES];
static uint32_t nanos[CALLS_MOST];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void must(int failed, const char *what) {
    if (failed) die(what);
}

static int is_tcp(const char *kind) { return strcmp(kind, "tcp") == 0; }

static int listen_at(const char *kind, const char *path) {
    int listener;
    if (is_tcp(kind)) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t length = sizeof address;
        FILE *file = fopen(path, "w");
        listener = socket(AF_INET, SOCK_STREAM, 0);
        must(!file || bind(listener, (void *)&address, length), "bind");
        must(getsockname(listener, (void *)&address, &length), "getsockname");
        fprintf(file, "%d\n", ntohs(address.sin_port));
        fclose(file);
    } else {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        strncpy(address.sun_path, path, sizeof address.sun_path - 1);
        listener = socket(AF_UNIX, SOCK_STREAM, 0);
        must(bind(listener, (void *)&address, sizeof address), "bind");
    }
    must(listen(listener, CONNECTIONS_MOST), "listen");
    return listener;
}

static int connect_to(const char *kind, const char *path) {
    int one = 1, port = 0, connection;
    if (is_tcp(kind)) {
        FILE *file = fopen(path, "r");
        must(!file || fscanf(file, "%d", &port) != 1, "port");
        fclose(file);
        struct sockaddr_in address = {
            .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        connection = socket(AF_INET, SOCK_STREAM, 0);
        must(connect(connection, (void *)&address, sizeof address), "connect");
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    } else {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        strncpy(address.sun_path, path, sizeof address.sun_path - 1);
        connection = socket(AF_UNIX, SOCK_STREAM, 0);
        must(connect(connection, (void *)&address, sizeof address), "connect");
    }
    return connection;
}

/* The length of the body, or -1 at the end. */
static ssize_t read_frame(int from) {
    size_t have = 0;
    for (;;) {
        ssize_t count = read(from, in + have, sizeof in - have);
        if (count <= 0) return -1;
        have += count;
        if (have >= 4) {
            uint32_t length;
            memcpy(&length, in, 4);
            length = ntohl(length);
            if (have >= length + 4) return length;
        }
    }
}

static void write_frame(int to, const char *frame, size_t bytes) {
    for (size_t done = 0; done < bytes;) {
        ssize_t count = write(to, frame + done, bytes - done);
        must(count < 0, "write");
        done += count;
    }
}

/* A thread a connection, as in Hob's server, so that both are one process to look at. */
static void *converse(void *descriptor) {
    int connection = (int)(intptr_t)descriptor;
    for (ssize_t length; (length = read_frame(connection)) >= 0;) write_frame(connection, in, length + 4);
    close(connection);
    return NULL;
}

static void serve(const char *kind, const char *path) {
    int listener = listen_at(kind, path), one = 1;
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct pollfd doors[] = {{.fd = listener, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
        poll(doors, 2, -1);
        if (doors[1].revents) exit(0);
        int connection = accept(listener, NULL, NULL);
        if (is_tcp(kind)) setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        pthread_t thread;
        must(pthread_create(&thread, NULL, converse, (void *)(intptr_t)connection), "thread");
        pthread_detach(thread);
    }
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void prepare(int bytes) {
    uint32_t length = htonl(bytes);
    memset(out, 'x', bytes + 4);
    memcpy(out, &length, 4);
}

static void call(int server, int bytes) {
    write_frame(server, out, bytes + 4);
    if (read_frame(server) != bytes) die("answer");
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void measure(int server, int bytes, int calls) {
    prepare(bytes);
    for (int i = 0; i < calls; i++) {
        uint64_t began = now();
        call(server, bytes);
        nanos[i] = now() - began;
    }
    qsort(nanos, calls, sizeof *nanos, ascending);
    printf("%u %u %u\n", nanos[calls / 2], nanos[calls / 10], nanos[(int)(calls * 0.99)]);
}

static void many(const char *kind, const char *path, int connections, int bytes, int milliseconds) {
    uint64_t *counts = mmap(NULL, CONNECTIONS_MOST * sizeof *counts, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0), sum = 0;
    prepare(bytes);
    for (int i = 0; i < connections; i++) {
        if (fork() == 0) {
            int server = connect_to(kind, path);
            uint64_t until = now() + milliseconds * 1000000ull;
            for (; now() < until; counts[i]++) call(server, bytes);
            _exit(0);
        }
    }
    for (int i = 0; i < connections; i++) wait(NULL);
    for (int i = 0; i < connections; i++) sum += counts[i];
    munmap(counts, CONNECTIONS_MOST * sizeof *counts);
    printf("%lu\n", (unsigned long)sum);
}

static void ask(const char *kind, const char *path) {
    int server = connect_to(kind, path), a, b, c;
    char line[100];
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "measure %d %d", &a, &b) == 2 && a + 4 <= BUFFER_BYTES && b <= CALLS_MOST) {
            measure(server, a, b);
        } else if (sscanf(line, "many %d %d %d", &a, &b, &c) == 3 && a <= CONNECTIONS_MOST) {
            many(kind, path, a, b, c);
        } else {
            fprintf(stderr, "pingpong does not know: %s", line);
            exit(64);
        }
        fflush(stdout);
    }
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "serve") == 0) {
        serve(words[2], words[3]);
    } else if (count == 4 && strcmp(words[1], "call") == 0) {
        ask(words[2], words[3]);
    } else {
        fputs("usage: pingpong serve|call unix|tcp PATH\n", stderr);
        return 64;
    }
}
