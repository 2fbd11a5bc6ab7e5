// Sends requests over HTTP/1.1 keep-alive connections and measures rate and latency.
//
// The requests are lines "METHOD<tab>PATH<tab>BODY" of a file, whose bodies are JSON on one line; each connection takes
// the next line as soon as it has its answer, and the file is begun again until the time or the count is up.
// Usage: load PORT CONNECTIONS REQUESTS TOKEN [COUNT [SECONDS [IDS]]]
//   COUNT    requests in all; 0: every line once
//   SECONDS  stop after this time; 0: no limit
//   IDS      a file that gets the "id" of each answer, by the line of its request
// Prints one JSON object; exit 1 if an answer was none of 200 to 299.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct request { const char *method, *path, *body; size_t method_length, path_length, body_length; };
struct connection {
    int socket, closes;
    char *output, *input;
    size_t output_length, sent, output_capacity, have, input_capacity, header_length, need;
    long line;
    double start;
};

static struct request *requests;
static long request_count, taken, finished, wanted, failures, statuses[6];
static char **ids;
static const char *token;
static int port;
static float *latencies;
static long by_second[86400];
static double run_start;
static size_t latency_capacity, received_bytes;
static char first_failure[600];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *grown(void *memory, size_t size) {
    void *result = realloc(memory, size);
    if (!result) fail("memory");
    return result;
}

static void read_requests(const char *path) {
    FILE *file = fopen(path, "r");
    struct stat status;
    if (!file || fstat(fileno(file), &status) < 0) fail(path);
    char *text = grown(NULL, (size_t)status.st_size + 1);
    if (fread(text, 1, (size_t)status.st_size, file) != (size_t)status.st_size) fail(path);
    fclose(file);
    text[status.st_size] = 0;
    size_t capacity = 0;
    for (char *line = text; *line;) {
        char *end = strchrnul(line, '\n'), *tab = memchr(line, '\t', (size_t)(end - line));
        char *second = tab ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;
        if (!second) { errno = EINVAL; fail(path); }
        if ((size_t)request_count == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            requests = grown(requests, capacity * sizeof *requests);
        }
        requests[request_count++] = (struct request){line, tab + 1, second + 1, (size_t)(tab - line),
            (size_t)(second - tab - 1), (size_t)(end - second - 1)};
        line = *end ? end + 1 : end;
    }
    if (!request_count) { errno = EINVAL; fail(path); }
}

// Puts the next request into a connection's output; 0 when there is none any more.
static int take(struct connection *connection) {
    if (taken >= wanted) return 0;
    connection->line = taken++ % request_count;
    struct request *request = &requests[connection->line];
    size_t capacity = request->path_length + request->body_length + strlen(token) + 400;
    if (capacity > connection->output_capacity) {
        connection->output = grown(connection->output, capacity);
        connection->output_capacity = capacity;
    }
    int head = snprintf(connection->output, capacity,
        "%.*s %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nAccept: application/scim+json\r\n",
        (int)request->method_length, request->method, (int)request->path_length, request->path, token);
    if (request->body_length)
        head += snprintf(connection->output + head, capacity - (size_t)head,
            "Content-Type: application/scim+json\r\nContent-Length: %zu\r\n", request->body_length);
    memcpy(connection->output + head, "\r\n", 2);
    memcpy(connection->output + head + 2, request->body, request->body_length);
    connection->output_length = (size_t)head + 2 + request->body_length;
    connection->sent = connection->have = connection->header_length = connection->need = 0;
    connection->start = now();
    return 1;
}

static void send_rest(struct connection *connection) {
    while (connection->sent < connection->output_length) {
        ssize_t sent = send(connection->socket, connection->output + connection->sent,
            connection->output_length - connection->sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) return;
        if (sent < 0) fail("send");
        connection->sent += (size_t)sent;
    }
}

// The length of an answer's head and body, once the head is there.
static void read_head(struct connection *connection) {
    char *end = memmem(connection->input, connection->have, "\r\n\r\n", 4);
    if (!end) return;
    connection->header_length = (size_t)(end - connection->input) + 4;
    *end = 0;
    char *length = strcasestr(connection->input, "\r\ncontent-length:");
    connection->need = connection->header_length + (length ? strtoul(length + 17, NULL, 10) : 0);
    connection->closes = connection->input[7] == '0' || strcasestr(connection->input, "\r\nconnection: close") != NULL;
    if (strcasestr(connection->input, "transfer-encoding: chunked")) { errno = EPROTO; fail("chunked answer"); }
}

static void note_id(struct connection *connection) {
    connection->input[connection->need] = 0;
    char *id = strstr(connection->input + connection->header_length, "\"id\":");
    if (!id) return;
    id += 5;
    while (*id == ' ') id++;
    char *end = *id == '"' ? strchr(id + 1, '"') : NULL;
    if (!end) return;
    ids[connection->line] = strndup(id + 1, (size_t)(end - id - 1));
}

static void note_answer(struct connection *connection) {
    if ((size_t)finished == latency_capacity) {
        latency_capacity = latency_capacity ? latency_capacity * 2 : 4096;
        latencies = grown(latencies, latency_capacity * sizeof *latencies);
    }
    double end = now();
    latencies[finished++] = (float)(end - connection->start);
    if (end - run_start < 86400) by_second[(long)(end - run_start)]++;
    received_bytes += connection->need - connection->header_length;
    int status = atoi(connection->input + 9);
    if (status >= 100 && status < 600) statuses[status / 100]++;
    if (status / 100 != 2 && !failures++)
        snprintf(first_failure, sizeof first_failure, "%.*s %.*s: %.*s", (int)requests[connection->line].method_length,
            requests[connection->line].method, (int)requests[connection->line].path_length,
            requests[connection->line].path, (int)(connection->need - connection->header_length),
            connection->input + connection->header_length);
    if (ids && status / 100 == 2) note_id(connection);
}

// Reads what there is; 1 when the answer is whole.
static int receive(struct connection *connection) {
    for (;;) {
        if (connection->input_capacity - connection->have < 8192) {
            connection->input_capacity = connection->input_capacity ? connection->input_capacity * 2 : 32768;
            connection->input = grown(connection->input, connection->input_capacity);
        }
        ssize_t got = recv(connection->socket, connection->input + connection->have,
            connection->input_capacity - connection->have - 1, 0);
        if (got < 0 && errno == EAGAIN) return 0;
        if (got <= 0) { errno = got ? errno : ECONNRESET; fail("recv"); }
        connection->have += (size_t)got;
        if (!connection->header_length) read_head(connection);
        if (connection->header_length && connection->have >= connection->need) return 1;
    }
}

// Connects, which a server of HTTP/1.0 wants for each request anew.
static void watch(int poll, struct connection *connection) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;
    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->socket < 0 || connect(connection->socket, (struct sockaddr *)&address, sizeof address) < 0)
        fail("connect");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (fcntl(connection->socket, F_SETFL, O_NONBLOCK) < 0) fail("fcntl");
    if (epoll_ctl(poll, EPOLL_CTL_ADD, connection->socket, &event) < 0) fail("epoll_ctl");
}

static int by_size(const void *left, const void *right) {
    float difference = *(const float *)left - *(const float *)right;
    return difference < 0 ? -1 : difference > 0;
}

static double at(double part) { return finished ? latencies[(long)((double)(finished - 1) * part)] * 1000 : 0; }

// The answers of the worst whole second; the rate, if there is none.
static double slowest_second(double seconds) {
    double least = (double)finished / seconds;
    for (long second = 0; second + 1 < (long)seconds && second < 86400; second++)
        if ((double)by_second[second] < least) least = (double)by_second[second];
    return least;
}

static void run(struct connection *connections, long count, double limit) {
    int poll = epoll_create1(EPOLL_CLOEXEC);
    long open = 0;
    double start = run_start = now();
    for (long index = 0; index < count; index++) {
        if (!take(&connections[index])) continue;
        open++;
        watch(poll, &connections[index]);
    }
    while (open) {
        struct epoll_event events[64];
        int ready = epoll_wait(poll, events, 64, 60000);
        if (ready == 0) { errno = ETIMEDOUT; fail("no answer for a minute"); }
        for (int index = 0; index < ready; index++) {
            struct connection *connection = events[index].data.ptr;
            send_rest(connection);
            while (receive(connection)) {
                note_answer(connection);
                if (limit > 0 && now() - start > limit) wanted = taken;
                if (connection->closes) close(connection->socket);
                if (!take(connection)) {
                    if (!connection->closes) epoll_ctl(poll, EPOLL_CTL_DEL, connection->socket, NULL);
                    open--;
                    break;
                }
                if (connection->closes) watch(poll, connection);
                send_rest(connection);
            }
        }
    }
    double seconds = now() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    qsort(latencies, (size_t)finished, sizeof *latencies, by_size);
    printf("{\"requests\": %ld, \"seconds\": %.6f, \"rate\": %.1f, \"p50\": %.3f, \"p99\": %.3f, \"most\": %.3f, "
        "\"slowest_second\": %.1f, \"bytes\": %zu, \"failures\": %ld, \"own_seconds\": %.3f}\n", finished, seconds,
        (double)finished / seconds,
        at(0.5), at(0.99), at(1), slowest_second(seconds), received_bytes, failures,
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
}

int main(int count, char **arguments) {
    if (count < 5) {
        fprintf(stderr, "usage: load PORT CONNECTIONS REQUESTS TOKEN [COUNT [SECONDS [IDS]]]\n");
        return 64;
    }
    long connection_count = atol(arguments[2]);
    token = arguments[4];
    read_requests(arguments[3]);
    wanted = count > 5 ? atol(arguments[5]) : 0;
    double limit = count > 6 ? atof(arguments[6]) : 0;
    if (wanted == 0) wanted = limit > 0 ? 1L << 40 : request_count;
    if (count > 7) ids = calloc((size_t)request_count, sizeof *ids);
    struct connection *connections = calloc((size_t)connection_count, sizeof *connections);
    port = atoi(arguments[1]);
    run(connections, connection_count, limit);
    if (ids) {
        FILE *file = fopen(arguments[7], "w");
        if (!file) fail(arguments[7]);
        for (long index = 0; index < request_count; index++) fprintf(file, "%s\n", ids[index] ? ids[index] : "");
        fclose(file);
    }
    if (failures) fprintf(stderr, "load: %ld answers were none of 200 to 299, first: %s\n", failures, first_failure);
    return failures ? 1 : 0;
}
