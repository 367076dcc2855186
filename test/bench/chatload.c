/*
 * chatload: a load generator for chat servers, in one thread on epoll, without dependencies. Compiled by load.ts.
 *
 * It joins N clients to a room, then runs the phases of --phase: in an open loop (so many messages a second, each
 * stamped with the moment at which it was due) or in a closed one (each sender keeps so many messages outstanding).
 * It prints one JSON object for the join and one for each phase, and checks every delivery on the way.
 *
 * Several ports are several servers of one room: the clients join them in turn.
 *
 * A message is `|~`, its sender (8 hex digits), its number (8), the clock in ns (16), and x up to --size. Receivers
 * look for that only, so any protocol that carries the text unchanged will do.
 *
 *   deliv_per_cpu_s  deliveries / CPU seconds of --server-pid. Loopback TCP runs the receiver's side in the sender's
 *                    softirq, so that is charged to the server too.
 *   gen_cpu          the generator's share of its core; near 1 it is what bounds the throughput.
 *   foreign          CPUs busy with anything else on this machine: near 0 in a clean run.
 *   lost             expected - got over the whole phase. Draining ends after 0.5 s of silence or 8 s, so a server that
 *                    is far behind shows its backlog here. gaps are holes in a sender's sequence, dups and reorder
 *                    what the words say, each per receiver and sender.
 *
 * It stops hard after the time of its phases, --grace and --joinmax.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64; typedef uint32_t u32; typedef uint8_t u8;
enum { IRC, CLASSIC, NDJSON, WS };
enum { S_NEW, S_CONNECTING, S_HTTP, S_REG, S_JOINING, S_JOINED, S_DEAD };

// ---- options
static const char *o_host = "127.0.0.1", *o_room = "#bench", *o_path = "/", *o_hello = 0, *o_say = "%TEXT%",
                  *o_joined = 0, *o_marker = "|~", *o_mode = "run", *o_label = "", *o_reply = 0, *o_prejoin = 0,
                  *o_prefix = "u";
static int o_proto = IRC, o_port = 6667, N = 100, K = 10, W = 1, o_size = 100, o_conc = 50, o_echo = 0, o_nojoin = 0,
           o_ports[64], o_nports = 0, o_pid = 0, o_servercpu = -1, o_verbose = 0;
static double o_rate = 20, o_secs = 5, o_warm = 1, o_grace = 30, o_settle = 1.0, o_batch_us = 0, o_joinmax = 0;
typedef struct { char name[32]; double rate, secs; int window, senders; } Phase;
static Phase phases[16]; static int nphases = 0;

// ---- connections
typedef struct {
  int fd; u8 st; u8 want_out; u8 wsup;
  u32 nin;   // bytes of carry
  u32 cap;
  u8 *in;
  u8 *out; u32 olen, ocap, ooff;
  u64 bytes;
} Conn;
typedef struct { u32 last, mask; } Seq;
typedef struct { u32 sent; u32 done; u64 lastprog; u32 *cnt; } Sender;   // cnt: ring of RING completion counters
#define RING 1024
#define HDR 34   // "|~" + sender(8 hex) + seq(8 hex) + ts(16 hex)
static Conn *C; static Seq *SQ; static Sender *SD; static int KM; // KM = max senders over the phases
static int ep, n_joined, n_dead, n_connecting, n_started, n_alive_joined;
static u64 t_start, hard_deadline;
static u64 st_deliv, st_echo, st_gap, st_dup, st_reord, st_corrupt, st_disc, st_bytes, st_errs, st_stalls, st_recvs, st_sends, st_joinfail, st_pings, st_waits;
static int measuring, closed_loop, ack_all = 1; static double cur_rate; static int curK, curW;
static u64 h_cnt[64 * 32], h_n, h_max, m_deliv;
static u8 *rbuf; static u32 RB = 512 * 1024;
static int *dirty, ndirty; static u8 *isdirty;
static char lasterr[200];

static u64 now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }
static void die(const char *f, ...) { va_list a; va_start(a, f); vfprintf(stderr, f, a); va_end(a); fputc('\n', stderr); exit(2); }
static void onalarm(int s) { (void)s; static const char m[] = "{\"error\":\"hard stop (alarm)\"}\n"; if (write(1, m, sizeof m - 1)) {} _exit(3); }

static inline void hist(u64 ns) {
  int i; if (ns < 32) i = ns; else { int e = 63 - __builtin_clzll(ns); i = (e - 4) * 32 + ((ns >> (e - 5)) & 31); }
  h_cnt[i]++; h_n++; if (ns > h_max) h_max = ns;
}
static double pct(double p) {   // µs
  if (!h_n) return 0; u64 want = (u64)(p * h_n), acc = 0; if (want >= h_n) want = h_n - 1;
  for (int i = 0; i < 64 * 32; i++) { acc += h_cnt[i]; if (acc > want) {
      if (i < 32) return i / 1e3; int e = i / 32 + 4; u64 lo = (1ull << e) + ((u64)(i & 31) << (e - 5)); return (lo + (1ull << (e - 5)) / 2) / 1e3; } }
  return h_max / 1e3;
}

// ---- output
static void flush_conn(int i);
static void mark(int i) { if (!isdirty[i]) { isdirty[i] = 1; dirty[ndirty++] = i; } }
static void put(int i, const void *p, u32 n) {
  Conn *c = &C[i]; if (c->olen + n > c->ocap) { c->ocap = (c->olen + n) * 2 + 256; c->out = realloc(c->out, c->ocap); }
  memcpy(c->out + c->olen, p, n); c->olen += n; mark(i);
}
static void putws(int i, int op, const void *p, u32 n) {
  u8 h[14]; int k = 0; h[k++] = 0x80 | op;
  if (n < 126) h[k++] = 0x80 | n; else if (n < 65536) { h[k++] = 0x80 | 126; h[k++] = n >> 8; h[k++] = n; }
  else { h[k++] = 0x80 | 127; for (int b = 7; b >= 0; b--) h[k++] = (u64)n >> (8 * b); }
  u8 m[4] = {0x12, 0x34, 0x56, 0x78}; memcpy(h + k, m, 4); k += 4;
  put(i, h, k); Conn *c = &C[i]; u32 at = c->olen; put(i, p, n); for (u32 j = 0; j < n; j++) c->out[at + j] ^= m[j & 3];
}
static void putmsg(int i, const char *s, u32 n) { // a protocol unit for ndjson/ws
  if (o_proto == WS) putws(i, 1, s, n); else { put(i, s, n); if (o_proto == NDJSON) put(i, "\n", 1); }
}
static void kill_conn(int i, const char *why) {
  Conn *c = &C[i]; if (c->st == S_DEAD) return;
  if (c->st == S_CONNECTING || c->st == S_HTTP || c->st == S_REG || c->st == S_JOINING) { n_connecting--; st_joinfail++; }
  else if (c->st == S_JOINED) { n_alive_joined--; st_disc++; }
  c->st = S_DEAD; n_dead++; close(c->fd); c->fd = -1; snprintf(lasterr, sizeof lasterr, "%s", why);
  if (o_verbose) fprintf(stderr, "conn %d dead: %s\n", i, why);
}
static void flush_conn(int i) {
  Conn *c = &C[i]; if (c->st == S_DEAD || c->st < S_HTTP) return;
  while (c->ooff < c->olen) {
    ssize_t r = send(c->fd, c->out + c->ooff, c->olen - c->ooff, MSG_NOSIGNAL | MSG_DONTWAIT); st_sends++;
    if (r < 0) { if (errno == EINTR) continue;
      if (errno == EAGAIN) { if (!c->want_out) { c->want_out = 1; struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.u32 = i}; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e); } return; }
      kill_conn(i, strerror(errno)); return; }
    c->ooff += r;
  }
  c->ooff = c->olen = 0;
  if (c->want_out) { c->want_out = 0; struct epoll_event e = {.events = EPOLLIN, .data.u32 = i}; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e); }
}
static void flush_dirty(void) { for (int k = 0; k < ndirty; k++) { isdirty[dirty[k]] = 0; flush_conn(dirty[k]); } ndirty = 0; }

// ---- templates: %NAME% %ROOM% %I% %TEXT%, and \n \t \\ escapes
static u32 expand(char *dst, u32 cap, const char *t, int i, const char *text) {
  u32 n = 0; char nm[32]; snprintf(nm, sizeof nm, "%s%05d", o_prefix, i);
  while (*t && n + 1 < cap) {
    const char *v = 0; int k = 0; char b[16];
    if (!strncmp(t, "%NAME%", 6)) v = nm, k = 6; else if (!strncmp(t, "%ROOM%", 6)) v = o_room, k = 6;
    else if (!strncmp(t, "%I%", 3)) { snprintf(b, 16, "%d", i); v = b; k = 3; } else if (text && !strncmp(t, "%TEXT%", 6)) v = text, k = 6;
    if (v) { u32 l = strlen(v); if (n + l >= cap) break; memcpy(dst + n, v, l); n += l; t += k; continue; }
    if (*t == '\\' && t[1]) { t++; dst[n++] = *t == 'n' ? '\n' : *t == 't' ? '\t' : *t == 'r' ? '\r' : *t; t++; continue; }
    dst[n++] = *t++;
  }
  dst[n] = 0; return n;
}
static void hexput(char *d, u64 v, int n) { for (int k = n - 1; k >= 0; k--) { d[k] = "0123456789abcdef"[v & 15]; v >>= 4; } }
static inline u32 hex8(const u8 *p) { // 8 lower-case hex digits
  u64 x; memcpy(&x, p, 8); x = (x & 0x0f0f0f0f0f0f0f0full) + 9 * ((x >> 6) & 0x0101010101010101ull);
  x = (x << 4) | (x >> 8); x &= 0x00ff00ff00ff00ffull; x = (x | (x >> 8)) & 0x0000ffff0000ffffull; // bytes: b0b1 | b2b3
  return __builtin_bswap32((u32)(x | (x >> 16)));
}
// ---- sending
static void say(int s, u64 ts) {
  static char text[70000], line[140000]; static int init = 0;
  if (!init) { memset(text, 'x', sizeof text); text[o_size] = 0; memcpy(text, o_marker, 2); init = 1; }
  Sender *d = &SD[s]; if (C[s].st != S_JOINED) return;
  hexput(text + 2, s, 8); hexput(text + 10, d->sent, 8); hexput(text + 18, ts, 16);
  d->cnt[d->sent % RING] = 0; d->sent++;
  if (o_proto == IRC) { u32 n = snprintf(line, sizeof line, "PRIVMSG %s :%s\r\n", o_room, text); put(s, line, n); }
  else if (o_proto == CLASSIC) put(s, text, o_size);
  else { u32 n = expand(line, sizeof line, o_say, s, text); putmsg(s, line, n); }
}
// ---- receiving one message header at p (>= HDR bytes)
static u64 recv_t;
static inline void complete(int s) { Sender *d = &SD[s]; d->done++; d->lastprog = recv_t; if (closed_loop && s < curK) say(s, now()); }
static inline void got(int i, const u8 *p) {
  u32 s = hex8(p + 2), q = hex8(p + 10); u64 ts = ((u64)hex8(p + 18) << 32) | hex8(p + 26);
  if (s >= (u32)KM || q >= SD[s].sent || ts > recv_t + 1000000000ull) { st_corrupt++; return; }
  if ((int)s == i) { st_echo++; if (!o_echo) return; }
  Seq *e = &SQ[(size_t)i * KM + s];
  if (q == e->last) { e->last++; e->mask = (e->mask << 1) | 1; }
  else if (q > e->last) { u32 g = q - e->last; st_gap += g; e->mask = g >= 32 ? 0 : e->mask << g; e->mask = (e->mask << 1) | 1; e->last = q + 1; }
  else { u32 b = e->last - 1 - q; if (b >= 32 || (e->mask >> b & 1)) { st_dup++; return; } e->mask |= 1u << b; st_reord++; st_gap--; }
  st_deliv++;
  if (measuring) { m_deliv++; hist(recv_t > ts ? recv_t - ts : 0); }
  u32 need = ack_all ? (u32)(n_alive_joined - (o_echo ? 0 : 1)) : 1;
  if (ack_all || i == ((int)s == N - 1 ? N - 2 : N - 1)) { if (++SD[s].cnt[q % RING] == need) complete(s); }
}
static void joined(int i) { Conn *c = &C[i]; if (c->st == S_JOINED) return; c->st = S_JOINED; n_connecting--; n_joined++; n_alive_joined++; }
static void send_hello(int i) {
  static char b[8192];
  if (o_proto == IRC) { u32 n = snprintf(b, sizeof b, "NICK %s%05d\r\nUSER %s 0 * :load\r\n", o_prefix, i, o_prefix); put(i, b, n); C[i].st = S_REG; }
  else if (o_proto == CLASSIC) { u32 n = snprintf(b, sizeof b, "%s%05d", o_prefix, i); put(i, b, n); C[i].st = S_REG; }
  else if (o_proto == WS && C[i].wsup == 0) {
    u32 n = snprintf(b, sizeof b, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", o_path, o_host, o_port);
    put(i, b, n); C[i].st = S_HTTP; }
  else { C[i].st = S_REG; if (o_hello) { u32 n = expand(b, sizeof b, o_hello, i, 0); putmsg(i, b, n); } if (!o_joined) joined(i); }
}
// A text unit without a message marker (control line).
static void control(int i, const u8 *p, u32 n) {
  Conn *c = &C[i];
  if (o_proto == IRC) {
    if (n > 5 && !memcmp(p, "PING ", 5)) { put(i, "PONG ", 5); put(i, p + 5, n - 5); put(i, "\r\n", 2); st_pings++; return; }
    if (c->st >= S_JOINED) { if (n > 6 && !memcmp(p, "ERROR ", 6)) { st_errs++; snprintf(lasterr, sizeof lasterr, "%.*s", (int)(n > 150 ? 150 : n), p); } return; }
    if (*p == ':') { const u8 *q = memchr(p, ' ', n); if (!q || q + 4 > p + n) return; int num = atoi((const char *)q + 1);
      if (num == 1 && c->st == S_REG) { if (o_nojoin) { joined(i); return; } char b[256]; int k = snprintf(b, 256, "JOIN %s\r\n", o_room); put(i, b, k); c->st = S_JOINING; }
      else if (num == 366 && c->st == S_JOINING) joined(i);
      else if (num >= 400 && num < 600 && num != 422) { st_errs++; snprintf(lasterr, sizeof lasterr, "%.*s", (int)(n > 150 ? 150 : n), p); } }
    else if (n > 6 && !memcmp(p, "ERROR ", 6)) { st_errs++; snprintf(lasterr, sizeof lasterr, "%.*s", (int)(n > 150 ? 150 : n), p); }
    return;
  }
  if (c->st == S_REG && o_joined && memmem(p, n, o_joined, strlen(o_joined))) { joined(i); return; }
  if (o_prejoin && c->st == S_REG && c->wsup != 2) { const char *eq = strstr(o_prejoin, "=>"); u32 l = eq ? eq - o_prejoin : 0; // a second step before the join marker
    if (l && memmem(p, n, o_prejoin, l)) { char b[2048]; u32 k = expand(b, sizeof b, eq + 2, i, 0); putmsg(i, b, k); c->wsup = 2; return; } }
  if (o_reply) { const char *eq = strstr(o_reply, "=>"); u32 l = eq ? eq - o_reply : 0;
    if (l && (o_proto == WS ? n == l && !memcmp(p, o_reply, l) : !!memmem(p, n, o_reply, l))) { putmsg(i, eq + 2, strlen(eq + 2)); st_pings++; } }
}
static inline const u8 *find(const u8 *p, const u8 *e) { // next marker in [p,e)
  while (p < e) { p = memchr(p, o_marker[0], e - p); if (!p) return 0; if (p + 1 >= e) return p; if (p[1] == (u8)o_marker[1]) return p; p++; }
  return 0;
}
// Consume what can be consumed from [p,e); return the first byte to carry over.
static const u8 *consume(int i, const u8 *p, const u8 *e) {
  Conn *c = &C[i];
  if (c->st == S_DEAD) return e;
  if (o_proto == CLASSIC) {
    if (c->st == S_REG) { if (e - p >= 2) { if (memcmp(p, "OK", 2)) { kill_conn(i, "classic: no OK"); return e; } joined(i); p += 2; } else return p; }
    for (;;) { const u8 *m = find(p, e); if (!m) return e; if (e - m < HDR) return m; got(i, m); p = m + HDR; }
  }
  if (o_proto == WS) {
    if (c->st == S_HTTP) { const u8 *x = memmem(p, e - p, "\r\n\r\n", 4); if (!x) return p;
      if (e - p < 12 || memcmp(p + 9, "101", 3)) { kill_conn(i, "ws: no 101"); return e; } c->wsup = 1; p = x + 4; send_hello(i); }
    for (;;) {
      if (e - p < 2) return p; u64 len = p[1] & 127; int h = 2; int op = p[0] & 15;
      if (len == 126) { if (e - p < 4) return p; len = p[2] << 8 | p[3]; h = 4; }
      else if (len == 127) { if (e - p < 10) return p; len = 0; for (int k = 2; k < 10; k++) len = len << 8 | p[k]; h = 10; }
      if ((u64)(e - p) < h + len) return p;
      const u8 *b = p + h, *be = b + len;
      if (op == 9) { putws(i, 10, b, len); st_pings++; } else if (op == 8) { kill_conn(i, "ws close"); return e; }
      else if (op <= 2) { const u8 *m = find(b, be); if (!m || be - m < HDR) control(i, b, len); else while (m && be - m >= HDR) { got(i, m); m = find(m + HDR, be); } }
      p = be;
    }
  }
  for (;;) { // line protocols
    const u8 *nl = memchr(p, '\n', e - p); if (!nl) return p;
    const u8 *m = find(p, nl);
    if (m && nl - m >= HDR) do { got(i, m); m = find(m + HDR, nl); } while (m && nl - m >= HDR);
    else { u32 n = nl - p; if (n && p[n - 1] == '\r') n--; if (n) control(i, p, n); if (c->st == S_DEAD) return e; }
    p = nl + 1;
  }
}
static void on_read(int i) {
  Conn *c = &C[i]; if (c->st == S_DEAD) return;
  if (c->nin + 65536 > RB) { RB = c->nin * 2 + 65536; rbuf = realloc(rbuf, RB); }
  if (c->nin) memcpy(rbuf, c->in, c->nin);
  ssize_t r = recv(c->fd, rbuf + c->nin, RB - c->nin, MSG_DONTWAIT); st_recvs++;
  if (r <= 0) { if (r < 0 && (errno == EAGAIN || errno == EINTR)) return; kill_conn(i, r ? strerror(errno) : "closed by server"); return; }
  recv_t = now(); st_bytes += r; c->bytes += r;
  const u8 *e = rbuf + c->nin + r, *k = consume(i, rbuf, e);
  u32 left = e - k;
  if (left) { if (left > c->cap) { c->cap = left < 512 ? 512 : left * 2; free(c->in); c->in = malloc(c->cap); } memcpy(c->in, k, left); }
  c->nin = left;
}
static void start_conn(int i) {
  Conn *c = &C[i]; c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); if (c->fd < 0) die("socket: %s", strerror(errno));
  int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  struct sockaddr_in a = {.sin_family = AF_INET}; a.sin_addr.s_addr = htonl(0x7f000001 + i / 25000);
  if (bind(c->fd, (void *)&a, sizeof a)) die("bind: %s", strerror(errno));
  a.sin_port = htons(o_nports ? o_ports[i % o_nports] : o_port); inet_pton(AF_INET, o_host, &a.sin_addr);
  n_started++; n_connecting++; c->st = S_CONNECTING;
  if (connect(c->fd, (void *)&a, sizeof a) && errno != EINPROGRESS) { kill_conn(i, strerror(errno)); return; }
  c->want_out = 1; struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.u32 = i}; epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}
static void turn(u64 until) { // one loop turn, waiting at most until the given time
  static struct epoll_event ev[4096];
  flush_dirty();
  if (o_batch_us > 0) { struct timespec z = {0, o_batch_us * 1000}; nanosleep(&z, 0); }
  u64 t = now(); u64 w = until > t ? until - t : 0; if (w > 100000000ull) w = 100000000ull;
  struct timespec ts = {0, w}; int n = epoll_pwait2(ep, ev, 4096, &ts, 0); st_waits++;
  for (int k = 0; k < n; k++) { int i = ev[k].data.u32; Conn *c = &C[i]; if (c->st == S_DEAD) continue;
    if (ev[k].events & EPOLLOUT) {
      if (c->st == S_CONNECTING) { int er = 0; socklen_t l = sizeof er; getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &er, &l); if (er) { kill_conn(i, strerror(er)); continue; } c->st = S_HTTP; send_hello(i); }
      flush_conn(i); }
    if (c->st != S_DEAD && ev[k].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) on_read(i);
  }
  flush_dirty();
  if (now() > hard_deadline) { printf("{\"label\":\"%s\",\"error\":\"hard stop\",\"joined\":%d,\"dead\":%d,\"deliveries\":%llu,\"lasterr\":\"%s\"}\n", o_label, n_joined, n_dead, (unsigned long long)st_deliv, lasterr); fflush(stdout); _exit(3); }
}
// ---- process accounting
typedef struct { double cpu, ut, st; } Cpu;
static void cpu_of(int pid, Cpu *o, int depth) {
  char b[256], buf[4096]; snprintf(b, 256, "/proc/%d/stat", pid); FILE *f = fopen(b, "r"); if (!f) return;
  size_t n = fread(buf, 1, 4095, f); buf[n] = 0; fclose(f); char *p = strrchr(buf, ')'); if (!p) return;
  unsigned long ut, st, cu, cs; sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &ut, &st, &cu, &cs);
  double hz = sysconf(_SC_CLK_TCK); o->ut += (ut + cu) / hz; o->st += (st + cs) / hz;
  snprintf(b, 256, "/proc/%d/task", pid); DIR *d = opendir(b); if (!d) return; struct dirent *e; int kids[256], nk = 0;
  while ((e = readdir(d))) { if (e->d_name[0] == '.') continue;
    snprintf(b, 256, "/proc/%d/task/%.20s/schedstat", pid, e->d_name); if ((f = fopen(b, "r"))) { unsigned long long r; if (fscanf(f, "%llu", &r) == 1) o->cpu += r / 1e9; fclose(f); }
    snprintf(b, 256, "/proc/%d/task/%.20s/children", pid, e->d_name); if ((f = fopen(b, "r"))) { int k; while (nk < 256 && fscanf(f, "%d", &k) == 1) kids[nk++] = k; fclose(f); } }
  closedir(d); if (depth < 4) for (int k = 0; k < nk; k++) cpu_of(kids[k], o, depth + 1);
}
static Cpu server_cpu(void) { Cpu c = {0, 0, 0}; if (o_pid) cpu_of(o_pid, &c, 0); if (c.cpu == 0) c.cpu = c.ut + c.st; return c; }
static double self_cpu(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static long grep_kb(const char *path, const char *key) { FILE *f = fopen(path, "r"); char l[256]; long v = -1; if (!f) return -1; size_t k = strlen(key); while (fgets(l, 256, f)) if (!strncmp(l, key, k)) { v = atol(l + k); break; } fclose(f); return v; }
static long rss_kb(void) { char b[64]; if (!o_pid) return -1; snprintf(b, 64, "/proc/%d/status", o_pid); return grep_kb(b, "VmRSS:"); }
static long hwm_kb(void) { char b[64]; if (!o_pid) return -1; snprintf(b, 64, "/proc/%d/status", o_pid); return grep_kb(b, "VmHWM:"); }
static long pss_kb(void) { char b[64]; if (!o_pid) return -1; snprintf(b, 64, "/proc/%d/smaps_rollup", o_pid); return grep_kb(b, "Pss:"); }
static void cpustat(int cpu, double *busy, double *steal) { // seconds of non-idle / stolen time of one cpu (-1: all)
  *busy = *steal = 0; FILE *f = fopen("/proc/stat", "r"); char l[512], k[16]; if (cpu < 0) strcpy(k, "cpu "); else snprintf(k, 16, "cpu%d ", cpu); if (!f) return;
  while (fgets(l, 512, f)) if (!strncmp(l, k, strlen(k))) { unsigned long a[8] = {0}; sscanf(l + strlen(k), "%lu %lu %lu %lu %lu %lu %lu %lu", a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7);
      double hz = sysconf(_SC_CLK_TCK); *busy = (a[0] + a[1] + a[2] + a[5] + a[6]) / hz; *steal = a[7] / hz; }
  fclose(f);
}
static void drain(double quiet, double max) { u64 end = now() + max * 1e9, lastb = st_bytes, lastt = now(); while (now() < end) { turn(now() + 20000000); if (st_bytes != lastb) lastb = st_bytes, lastt = now(); else if (now() - lastt > quiet * 1e9) break; } }

static void run_phase(Phase *ph) {
  closed_loop = ph->rate <= 0; cur_rate = ph->rate; curK = ph->senders; curW = ph->window; measuring = 0;
  if (curK > N) curK = N;
  u64 t0 = now(), tm0 = t0 + o_warm * 1e9, tm1 = tm0 + ph->secs * 1e9; u64 sent0 = 0, nsent = 0, late_max = 0; int started = 0;
  u64 g0 = st_gap, d0 = st_dup, r0 = st_reord, c0 = st_corrupt, x0 = st_disc, e0 = st_errs, s0 = st_stalls, dv0 = st_deliv, ec0 = st_echo;
  int alive0 = n_alive_joined;
  u64 tot0 = 0; for (int s = 0; s < KM; s++) tot0 += SD[s].sent;
  Cpu sc0 = {0}, sc1 = {0}; double gc0 = 0, gc1 = 0, b0 = 0, b1 = 0, q0 = 0, q1 = 0, fb0 = 0, fb1 = 0, fq; u64 rc0 = 0, by0 = 0, rc1 = 0, by1 = 0, wa0 = 0, wa1 = 0; double wall = 0;
  if (closed_loop) for (int s = 0; s < curK; s++) { SD[s].lastprog = t0; for (int w = 0; w < curW; w++) say(s, now()); }
  double iv = closed_loop ? 0 : 1e9 / cur_rate; u64 k = 0; u64 lastchk = t0, tms = 0;
  for (;;) {
    u64 t = now(); if (t >= tm1) break;
    if (!started && t >= tm0) { started = 1; memset(h_cnt, 0, sizeof h_cnt); h_n = h_max = 0; m_deliv = 0; sc0 = server_cpu(); gc0 = self_cpu(); cpustat(o_servercpu, &b0, &q0); cpustat(-1, &fb0, &fq); rc0 = st_recvs; by0 = st_bytes; wa0 = st_waits;
      sent0 = 0; for (int s = 0; s < KM; s++) sent0 += SD[s].sent; tms = now(); measuring = 1; }
    u64 next = tm1; if (!started && tm0 < next) next = tm0;
    if (!closed_loop) { // open loop: the stamp is the scheduled time, so generator lateness counts against latency
      while (t0 + (u64)(k * iv) <= t) { u64 sch = t0 + (u64)(k * iv); if (t - sch > late_max) late_max = t - sch; say(k % curK, sch); k++; }
      if (t0 + (u64)(k * iv) < next) next = t0 + (u64)(k * iv);
    } else if (t - lastchk > 500000000ull) { lastchk = t; for (int s = 0; s < curK; s++) if (t - SD[s].lastprog > 3000000000ull) { st_stalls++; SD[s].lastprog = t; for (int w = 0; w < curW; w++) say(s, now()); } }
    turn(next);
  }
  u64 tme = now(); wall = (tme - tms) / 1e9; sc1 = server_cpu(); gc1 = self_cpu(); cpustat(o_servercpu, &b1, &q1); cpustat(-1, &fb1, &fq); rc1 = st_recvs; by1 = st_bytes; wa1 = st_waits; measuring = 0; u64 md = m_deliv;
  for (int s = 0; s < KM; s++) nsent += SD[s].sent; u64 msent = nsent - sent0;
  closed_loop = 0;
  double p50 = pct(.5), p99 = pct(.99), p999 = pct(.999), mx = h_max / 1e3;
  drain(0.5, 8);
  u64 tot1 = 0; for (int s = 0; s < KM; s++) tot1 += SD[s].sent;
  u64 expect = (tot1 - tot0) * (u64)(alive0 - (o_echo ? 0 : 1)), gotd = st_deliv - dv0; // over the whole phase incl. warm-up and drain
  double cpu = sc1.cpu - sc0.cpu;
  printf("{\"label\":\"%s\",\"phase\":\"%s\",\"clients\":%d,\"alive\":%d,\"senders\":%d,\"rate\":%g,\"window\":%d,\"size\":%d,\"wall_s\":%.3f,\"sent\":%llu,\"deliveries\":%llu,\"deliv_per_s\":%.0f,\"server_cpu_s\":%.3f,\"server_user_s\":%.2f,\"server_sys_s\":%.2f,\"server_util\":%.3f,\"deliv_per_cpu_s\":%.0f,\"lat_p50_us\":%.0f,\"lat_p99_us\":%.0f,\"lat_p999_us\":%.0f,\"lat_max_us\":%.0f,\"gen_cpu\":%.3f,\"gen_late_max_us\":%.0f,\"deliv_per_recv\":%.2f,\"rx_bytes_per_deliv\":%.1f,\"gen_waits\":%llu,\"cpu_busy_s\":%.2f,\"steal_s\":%.2f,\"foreign\":%.3f,\"expected\":%llu,\"got\":%llu,\"lost\":%lld,\"gaps\":%lld,\"dups\":%llu,\"reorder\":%llu,\"corrupt\":%llu,\"echoes\":%llu,\"disconnects\":%llu,\"errors\":%llu,\"stalls\":%llu,\"rss_kb\":%ld,\"pss_kb\":%ld,\"hwm_kb\":%ld,\"lasterr\":\"%s\"}\n",
    o_label, ph->name, N, n_alive_joined, curK, ph->rate, ph->window, o_size, wall, (unsigned long long)msent, (unsigned long long)md, md / wall, cpu, sc1.ut - sc0.ut, sc1.st - sc0.st, cpu / wall, cpu > 0 ? md / cpu : 0, p50, p99, p999, mx, (gc1 - gc0) / wall, late_max / 1e3, rc1 > rc0 ? (double)md / (rc1 - rc0) : 0, md ? (double)(by1 - by0) / md : 0, (unsigned long long)(wa1 - wa0), b1 - b0, q1 - q0, (fb1 - fb0 - cpu - (gc1 - gc0)) / wall,
    (unsigned long long)expect, (unsigned long long)gotd, (long long)(expect - gotd), (long long)(st_gap - g0), (unsigned long long)(st_dup - d0), (unsigned long long)(st_reord - r0), (unsigned long long)(st_corrupt - c0), (unsigned long long)(st_echo - ec0), (unsigned long long)(st_disc - x0), (unsigned long long)(st_errs - e0), (unsigned long long)(st_stalls - s0), rss_kb(), pss_kb(), hwm_kb(), lasterr);
  fflush(stdout);
}
static void selftest(void) { char b[64]; hexput(b, 0x0123456789abcdefull, 16); if (hex8((u8 *)b) != 0x01234567 || hex8((u8 *)b + 8) != 0x89abcdef) die("hex8 selftest"); }
static const char *usage =
"chatload --proto irc|classic|ndjson|ws --host 127.0.0.1 --port P[,P2...] --clients N [options]\n"
"  --mode run|join|idle     run: join, then the phases (default); join: time+CPU of N joins; idle: RSS per connection (idle implies --nojoin for irc unless --room-idle)\n"
"  --senders K --rate R (0 = closed loop) --window W (outstanding per sender in closed loop) --secs T --warmup S --size BYTES\n"
"  --phase name,rate,window,senders,secs   repeatable: several measured phases on one joined population (one JSON line each)\n"
"  --ack all|one            closed loop: next message when all receivers saw the last (default) or when the last client did\n"
"  --server-pid PID --server-cpu C   accounting;  --conc C connects in flight (50);  --echo server echoes to the sender too\n"
"  irc: --room #x;  ws: --path /x;  ndjson/ws: --hello T (%NAME% %ROOM% %I%) --joined STR --say T (%TEXT%) --reply 'MATCH=>RESP' --prejoin 'MATCH=>SEND'\n"
"  --settle S (quiet wait after join) --grace S (hard stop = T+warmup+grace, 30) --joinmax S --batch-us U --label L --verbose\n";
int main(int argc, char **argv) {
  int roomidle = 0;
  static struct option lo[] = {{"proto", 1, 0, 1}, {"host", 1, 0, 2}, {"port", 1, 0, 3}, {"clients", 1, 0, 4}, {"senders", 1, 0, 5}, {"rate", 1, 0, 6}, {"window", 1, 0, 7}, {"secs", 1, 0, 8}, {"warmup", 1, 0, 9}, {"size", 1, 0, 10}, {"room", 1, 0, 11}, {"path", 1, 0, 12}, {"hello", 1, 0, 13}, {"say", 1, 0, 14}, {"joined", 1, 0, 15}, {"mode", 1, 0, 16}, {"label", 1, 0, 17}, {"ack", 1, 0, 18}, {"reply", 1, 0, 19}, {"server-pid", 1, 0, 20}, {"server-cpu", 1, 0, 21}, {"conc", 1, 0, 22}, {"echo", 0, 0, 23}, {"nojoin", 0, 0, 24}, {"grace", 1, 0, 25}, {"settle", 1, 0, 26}, {"batch-us", 1, 0, 27}, {"joinmax", 1, 0, 28}, {"phase", 1, 0, 29}, {"verbose", 0, 0, 30}, {"marker", 1, 0, 31}, {"prefix", 1, 0, 32}, {"room-idle", 0, 0, 33}, {"prejoin", 1, 0, 35}, {"help", 0, 0, 34}, {0, 0, 0, 0}};
  int o; while ((o = getopt_long(argc, argv, "", lo, 0)) != -1) switch (o) {
    case 1: o_proto = !strcmp(optarg, "irc") ? IRC : !strcmp(optarg, "classic") ? CLASSIC : !strcmp(optarg, "ndjson") ? NDJSON : !strcmp(optarg, "ws") ? WS : (die("bad proto"), 0); break;
    case 2: o_host = optarg; break; case 3: o_port = atoi(optarg); for (char *p = optarg; *p && o_nports < 64;) { o_ports[o_nports++] = strtol(p, &p, 10); if (*p == ',') p++; else if (*p) die("bad --port"); } break; case 4: N = atoi(optarg); break; case 5: K = atoi(optarg); break; case 6: o_rate = atof(optarg); break; case 7: W = atoi(optarg); break; case 8: o_secs = atof(optarg); break; case 9: o_warm = atof(optarg); break; case 10: o_size = atoi(optarg); break;
    case 11: o_room = optarg; break; case 12: o_path = optarg; break; case 13: o_hello = optarg; break; case 14: o_say = optarg; break; case 15: o_joined = optarg; break; case 16: o_mode = optarg; break; case 17: o_label = optarg; break; case 18: ack_all = strcmp(optarg, "one") != 0; break; case 19: o_reply = optarg; break; case 20: o_pid = atoi(optarg); break; case 21: o_servercpu = atoi(optarg); break; case 22: o_conc = atoi(optarg); break; case 23: o_echo = 1; break; case 24: o_nojoin = 1; break; case 25: o_grace = atof(optarg); break; case 26: o_settle = atof(optarg); break; case 27: o_batch_us = atof(optarg); break; case 28: o_joinmax = atof(optarg); break;
    case 29: { Phase *p = &phases[nphases++]; if (nphases > 15 || sscanf(optarg, "%31[^,],%lf,%d,%d,%lf", p->name, &p->rate, &p->window, &p->senders, &p->secs) != 5) die("bad --phase"); break; }
    case 30: o_verbose = 1; break; case 31: if (strlen(optarg) != 2) die("marker: two bytes"); o_marker = optarg; break; case 32: o_prefix = optarg; break; case 33: roomidle = 1; break; case 35: o_prejoin = optarg; break; default: fputs(usage, stderr); return 2; }
  selftest();
  if (o_size < HDR || o_size > 60000) die("size %d..60000", HDR);
  if (N < 2) die("need 2 clients");
  if (!nphases) { Phase *p = &phases[nphases++]; strcpy(p->name, "run"); p->rate = o_rate; p->window = W; p->senders = K; p->secs = o_secs; }
  int is_join = !strcmp(o_mode, "join"), is_idle = !strcmp(o_mode, "idle"); if (is_idle && !roomidle) o_nojoin = 1;
  KM = 1; double tot = 0; for (int k = 0; k < nphases; k++) { if (phases[k].senders > N) phases[k].senders = N; if (phases[k].senders > KM) KM = phases[k].senders; if (phases[k].window > RING / 2 || phases[k].window < 1) die("window 1..%d", RING / 2); tot += phases[k].secs + o_warm; }
  if (is_join || is_idle) tot = 0;
  struct rlimit rl = {N + 1000, N + 1000}; struct rlimit cur; getrlimit(RLIMIT_NOFILE, &cur); if (cur.rlim_cur < rl.rlim_cur) { if (cur.rlim_max > rl.rlim_max) rl.rlim_max = cur.rlim_max; if (setrlimit(RLIMIT_NOFILE, &rl)) die("RLIMIT_NOFILE %d: %s", N + 1000, strerror(errno)); }
  prctl(PR_SET_TIMERSLACK, 1);
  C = calloc(N, sizeof *C); SQ = calloc((size_t)N * KM, sizeof *SQ); SD = calloc(KM, sizeof *SD); for (int s = 0; s < KM; s++) SD[s].cnt = calloc(RING, 4);
  rbuf = malloc(RB); dirty = malloc(N * sizeof(int)); isdirty = calloc(N, 1); ep = epoll_create1(0);
  t_start = now(); double hard = tot + o_grace + o_joinmax; hard_deadline = t_start + hard * 1e9; signal(SIGALRM, onalarm); alarm((int)hard + 5);
  long rss0 = rss_kb(), pss0 = pss_kb(); Cpu c0 = server_cpu(); double g0 = self_cpu();
  u64 j0 = now(); double q0, b0, q1, b1; cpustat(o_servercpu, &b0, &q0);
  while (n_joined + n_dead < N) { while (n_started < N && n_connecting < o_conc) start_conn(n_started); turn(now() + 100000000); }
  u64 j1 = now(); Cpu c1 = server_cpu(); 
  drain(o_settle < 0.5 ? 0.5 : o_settle, is_idle ? 15 : 25); u64 j2 = now(); Cpu c2 = server_cpu(); cpustat(o_servercpu, &b1, &q1);
  if (is_idle) { u64 e = now() + 3e9; while (now() < e) turn(now() + 50000000); }
  long rss1 = rss_kb(), pss1 = pss_kb();
  printf("{\"label\":\"%s\",\"phase\":\"%s\",\"clients\":%d,\"joined\":%d,\"failed\":%d,\"join_s\":%.3f,\"join_cpu_s\":%.3f,\"drained_s\":%.3f,\"drained_cpu_s\":%.3f,\"join_rx_bytes\":%llu,\"gen_cpu_s\":%.3f,\"steal_s\":%.2f,\"rss0_kb\":%ld,\"rss1_kb\":%ld,\"pss0_kb\":%ld,\"pss1_kb\":%ld,\"hwm_kb\":%ld,\"rss_bytes_per_conn\":%.0f,\"disconnects\":%llu,\"errors\":%llu,\"pings\":%llu,\"conc\":%d,\"nojoin\":%d,\"lasterr\":\"%s\"}\n",
    o_label, is_idle ? "idle" : "join", N, n_joined, n_dead, (j1 - j0) / 1e9, c1.cpu - c0.cpu, (j2 - j0) / 1e9 - (o_settle < 0.5 ? 0.5 : o_settle), c2.cpu - c0.cpu, (unsigned long long)st_bytes, self_cpu() - g0, q1 - q0, rss0, rss1, pss0, pss1, hwm_kb(), n_joined ? (rss1 - rss0) * 1024.0 / n_joined : 0, (unsigned long long)st_disc, (unsigned long long)st_errs, (unsigned long long)st_pings, o_conc, o_nojoin, lasterr);
  fflush(stdout);
  if (!is_join && !is_idle && n_joined >= 2) for (int k = 0; k < nphases; k++) run_phase(&phases[k]);
  return 0;
}
