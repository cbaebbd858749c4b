// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace synthv1::test {

/// A terminal of the system with no screen: what is written to it can be read again, byte for byte.
class PseudoTerminal {
 public:
  PseudoTerminal(unsigned short columns, unsigned short rows) {
    grantpt(master_);
    unlockpt(master_);
    file_ = ::fopen(name().c_str(), "w");
    std::setvbuf(file_, nullptr, _IONBF, 0);
    termios mode{};
    ::tcgetattr(::fileno(file_), &mode);
    mode.c_oflag &= ~static_cast<tcflag_t>(OPOST);
    ::tcsetattr(::fileno(file_), TCSANOW, &mode);
    resize(columns, rows);
    reader_ = std::jthread([this](const std::stop_token& stop) { read_until(stop); });
  }
  ~PseudoTerminal() {
    end_reading();
    std::fclose(file_);
    ::close(master_);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void resize(unsigned short columns, unsigned short rows) const {
    const winsize size{.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    ::ioctl(master_, TIOCSWINSZ, &size);
  }
  std::string name() const { return ::ptsname(master_); }
  /// The writing side.
  std::FILE* file() const { return file_; }
  /// Holds output back, as Ctrl-S does, or lets it go on.
  void hold_output(bool hold) const { ::tcflow(::fileno(file_), hold ? TCOOFF : TCOON); }
  /// Everything written so far, once no more has come for a while; ends the reading.
  std::string take() {
    end_reading();
    return std::move(bytes_);
  }

 private:
  void end_reading() {
    reader_.request_stop();
    if (reader_.joinable()) reader_.join();
  }

  void read_until(const std::stop_token& stop) {
    std::array<char, 4096> buffer{};
    pollfd waiting{.fd = master_, .events = POLLIN, .revents = 0};
    while (true) {
      const bool ready = ::poll(&waiting, 1, 50) > 0;
      if (!ready && stop.stop_requested()) return;
      if (!ready) continue;
      const ssize_t size = ::read(master_, buffer.data(), buffer.size());
      if (size <= 0) return;
      bytes_.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  int master_ = ::posix_openpt(O_RDWR | O_NOCTTY);
  std::FILE* file_ = nullptr;
  std::string bytes_;
  std::jthread reader_;
};

}  // namespace synthv1::test
