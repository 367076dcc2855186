/*
 * limit: what one thread can do as a chat server on this kernel, and nothing besides. One epoll loop, no framing, no
 * names checked, nothing stored. In each turn it reads every readable socket, writes all messages of the turn once into
 * one buffer, and makes one send() for each client; a client that spoke gets a copy without its own lines.
 *
 * The first line of a connection is its name, answered by OK and told to the others. Every further line goes to them as
 * `name > text`. Compiled by the bench.   limit PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NAME_MAX_BYTES = 20, CLIENTS_MAX = 100000, TURN_BYTES = 1 << 22, TURN_MESSAGES = 1 << 14, EVENTS = 4096, LINE_MAX_BYTES = 60000 };

typedef struct {
  int fd, index;
  unsigned prefix; /* length of `name`, 0: none yet */
  char name[NAME_MAX_BYTES + 4];
  char *in; unsigned in_length;    /* a line that isn't whole yet */
  char *out; size_t out_length, out_sent, out_room; /* what the system didn't take */
  unsigned spoke;                  /* the turn in which it said something */
} Client;

typedef struct { size_t at, length; Client *from; } Message;

static Client *clients[CLIENTS_MAX], *gone[CLIENTS_MAX];
static int client_count, gone_count, epoll;
static char turn_bytes[TURN_BYTES], own_bytes[TURN_BYTES];
static size_t turn_length;
static Message messages[TURN_MESSAGES];
static int message_count;
static unsigned turn = 1;

static void watch(Client *client, int operation, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = client};
  epoll_ctl(epoll, operation, client->fd, &event);
}

static void drop(Client *client) {
  if (client->fd < 0) return;
  close(client->fd);
  client->fd = -1;
  clients[client->index] = clients[--client_count];
  clients[client->index]->index = client->index;
  gone[gone_count++] = client;
}

static void write_to(Client *client, const char *bytes, size_t length) {
  if (client->out_length == 0) {
    ssize_t sent = send(client->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent == (ssize_t)length) return;
    if (sent < 0 && errno != EAGAIN) return;
    if (sent > 0) bytes += sent, length -= sent;
    watch(client, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  if (client->out_length + length > client->out_room) {
    client->out_room = 2 * (client->out_length + length);
    client->out = realloc(client->out, client->out_room);
  }
  memcpy(client->out + client->out_length, bytes, length);
  client->out_length += length;
}

static void write_rest(Client *client) {
  ssize_t sent = send(client->fd, client->out + client->out_sent, client->out_length - client->out_sent, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) return;
  client->out_sent += sent;
  if (client->out_sent < client->out_length) return;
  free(client->out);
  client->out = NULL;
  client->out_length = client->out_sent = client->out_room = 0;
  watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

static void deliver(void) {
  for (int k = 0; k < client_count; k++) {
    Client *client = clients[k];
    if (client->prefix == 0) continue;
    if (client->spoke != turn) {
      write_to(client, turn_bytes, turn_length);
      continue;
    }
    size_t length = 0;
    for (int m = 0; m < message_count; m++) {
      if (messages[m].from == client) continue;
      memcpy(own_bytes + length, turn_bytes + messages[m].at, messages[m].length);
      length += messages[m].length;
    }
    if (length > 0) write_to(client, own_bytes, length);
  }
  message_count = 0;
  turn_length = 0;
  turn++;
}

static void say(Client *client, unsigned prefix, const char *text, size_t length) {
  if (turn_length + prefix + length + 1 > TURN_BYTES || message_count == TURN_MESSAGES) deliver();
  char *to = turn_bytes + turn_length;
  memcpy(to, client->name, prefix);
  memcpy(to + prefix, text, length);
  to[prefix + length] = '\n';
  messages[message_count++] = (Message){turn_length, prefix + length + 1, client};
  turn_length += prefix + length + 1;
  client->spoke = turn;
}

static void hear(Client *client, const char *line, size_t length) {
  if (client->prefix > 0) return say(client, client->prefix, line, length);
  if (length > NAME_MAX_BYTES) length = NAME_MAX_BYTES;
  memcpy(client->name, line, length);
  memcpy(client->name + length, " > ", 3);
  client->prefix = length + 3;
  write_to(client, "OK\n", 3);
  say(client, length, " entered.", 9);
}

static void read_from(Client *client) {
  static char bytes[1 << 18];
  memcpy(bytes, client->in, client->in_length);
  ssize_t got = recv(client->fd, bytes + client->in_length, sizeof bytes - client->in_length, MSG_DONTWAIT);
  if (got == 0 || (got < 0 && errno != EAGAIN)) return drop(client);
  if (got < 0) return;
  char *line = bytes, *end = bytes + client->in_length + got, *newline;
  for (; (newline = memchr(line, '\n', end - line)); line = newline + 1) hear(client, line, newline - line);
  free(client->in);
  client->in = NULL;
  client->in_length = 0;
  if (line == end || end - line > LINE_MAX_BYTES) return;
  client->in_length = end - line;
  client->in = malloc(client->in_length);
  memcpy(client->in, line, client->in_length);
}

static void accept_all(int listener) {
  int one = 1, fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    Client *client = calloc(1, sizeof *client);
    client->fd = fd;
    client->index = client_count;
    clients[client_count++] = client;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(client, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(int count, char **arguments) {
  struct rlimit descriptors;
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);

  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(count > 1 ? atoi(arguments[1]) : 0), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) return perror("limit"), 1;
  epoll = epoll_create1(0);
  struct epoll_event accepting = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &accepting);

  static struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int k = 0; k < ready; k++) {
      Client *client = events[k].data.ptr;
      if (client == NULL) { accept_all(listener); continue; }
      if (client->fd >= 0 && events[k].events & EPOLLOUT) write_rest(client);
      if (client->fd >= 0 && events[k].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_from(client);
    }
    if (message_count > 0) deliver();
    while (gone_count > 0) {
      Client *client = gone[--gone_count];
      free(client->in);
      free(client->out);
      free(client);
    }
  }
}
