// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/file.h"

#include "tests/support/temporary_folder.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synthv1 {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using testing::HasSubstr;

/// A folder of its own for each test, gone afterwards.
class FileTest : public testing::Test {
 protected:
  std::string path(std::string_view name) const { return temporary_.path(name); }
  std::string text(std::string_view name) const { return read_file(path(name)).value_or("(cannot be read)"); }
  void put(std::string_view name, std::string_view content) const { std::ofstream(path(name)) << content; }
  std::size_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  static mode_t mode(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777;
  }

  Result<void> write(std::string_view name, std::string_view content) {
    Result<std::unique_ptr<OutputFile>> file = files_.open_output(path(name));
    if (!file) return std::unexpected(file.error());
    if (Result<void> appended = (*file)->append(content); !appended) return appended;
    return (*file)->commit();
  }

  TemporaryFolder temporary_;
  const fs::path& folder_ = temporary_.path();
  DiskFiles files_;
};

TEST_F(FileTest, ReadsWhole) {
  const std::string content(3'000'000, 'x');
  put("a", content);
  EXPECT_EQ(read_file(path("a")).value(), content);
  put("empty", "");
  EXPECT_EQ(read_file(path("empty")).value(), "");
}

TEST_F(FileTest, SaysWhyItCannotRead) {
  const Error missing = read_file(path("missing")).error();
  EXPECT_EQ(missing.kind, ErrorKind::usage);
  EXPECT_THAT(missing.message, HasSubstr(path("missing")));
  EXPECT_EQ(read_file(folder_.string()).error().kind, ErrorKind::usage);
}

TEST_F(FileTest, IsThereWholeOrNotAtAll) {
  put("out", "old");
  {
    const std::unique_ptr<OutputFile> file = files_.open_output(path("out")).value();
    ASSERT_TRUE(file->append("new").has_value());
    EXPECT_EQ(text("out"), "old");
    EXPECT_EQ(files(), 2u);
    ASSERT_TRUE(file->commit().has_value());
    EXPECT_EQ(text("out"), "new");
    EXPECT_FALSE(file->append("more").has_value());
  }
  files_.open_output(path("out")).value()->append("never committed").value();
  EXPECT_EQ(text("out"), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(FileTest, TakesAnotherNameBeforeItIsWhole) {
  put("out", "old");
  const std::unique_ptr<OutputFile> file = files_.open_output(path("out")).value();
  ASSERT_TRUE(file->append("new").has_value());
  EXPECT_EQ(file->redirect(path("kept")).value(), path("kept"));
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(text("kept"), "new");
  EXPECT_EQ(text("out"), "old");
  EXPECT_EQ(files(), 2u);
}

TEST_F(FileTest, TakesAnotherNameWhenItCouldNotHaveItsOwn) {
  const std::unique_ptr<OutputFile> file = files_.open_output(path("out")).value();
  ASSERT_TRUE(file->append("new").has_value());
  fs::create_directories(folder_ / "out" / "in the way");
  EXPECT_FALSE(file->commit().has_value());
  EXPECT_EQ(file->redirect(path("out")).error().kind, ErrorKind::usage);
  ASSERT_TRUE(file->redirect(path("kept")).has_value());
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(text("kept"), "new");
}

TEST_F(FileTest, WritesMoreThanItsBufferHolds) {
  std::string content;
  const std::unique_ptr<OutputFile> file = files_.open_output(path("out")).value();
  for (const std::size_t size : {1u, 1000u, 300'000u, 5u, 262'144u, 262'143u, 1u, 2'000'000u, 0u}) {
    const std::string piece(size, static_cast<char>('a' + content.size() % 26));
    ASSERT_TRUE(file->append(piece).has_value());
    content += piece;
  }
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(text("out"), content);
}

TEST_F(FileTest, HasThePermissionsOfANormalFile) {
  const mode_t mask = ::umask(027);
  ASSERT_TRUE(write("new", "x").has_value());
  EXPECT_EQ(mode(path("new")), 0640u);
  ::umask(mask);
  put("old", "x");
  ::chmod(path("old").c_str(), 0600);
  ASSERT_TRUE(write("old", "y").has_value());
  EXPECT_EQ(mode(path("old")), 0600u) << "a file that is replaced keeps its own";
}

TEST_F(FileTest, FollowsSymbolicLinks) {
  fs::create_directory(folder_ / "data");
  fs::create_symlink("data/real", folder_ / "link");
  fs::create_symlink("link", folder_ / "link_to_link");
  ASSERT_TRUE(files_.check_writable(path("link")).has_value());
  ASSERT_TRUE(write("link_to_link", "first").has_value()) << "where the link leads, nothing stood yet";
  EXPECT_EQ(text("data/real"), "first");
  ASSERT_TRUE(write("link", "second").has_value());
  EXPECT_EQ(text("data/real"), "second");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  fs::create_symlink("loop", folder_ / "loop");
  EXPECT_EQ(write("loop", "x").error().kind, ErrorKind::usage);
}

TEST_F(FileTest, RefusesAFolderThatIsMissingOrNoFolder) {
  for (const auto& name : {"missing/out", "plain/out"}) {
    put("plain", "x");
    const Error error = write(name, "x").error();
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_THAT(error.message, HasSubstr(path(name)));
    EXPECT_EQ(files_.check_writable(path(name)).error().message, error.message);
  }
  EXPECT_THAT(files_.check_writable(path("missing/out")).error().message,
              HasSubstr("mkdir -p " + path("missing")));
  EXPECT_THAT(files_.check_writable(folder_.string()).error().message, HasSubstr("it is a folder"));
  EXPECT_EQ(files_.check_writable("").error().kind, ErrorKind::usage);
}

/// Root may write everywhere: for as long as this lives, the process is somebody else.
class NotRoot {
 public:
  NotRoot() { EXPECT_TRUE(!was_root_ || ::setresuid(kNobody, kNobody, 0) == 0); }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;
  ~NotRoot() { EXPECT_TRUE(!was_root_ || ::setresuid(0, 0, 0) == 0); }

 private:
  static constexpr uid_t kNobody = 65534;
  bool was_root_ = ::geteuid() == 0;
};

TEST_F(FileTest, RefusesAFolderWithoutPermission) {
  fs::permissions(folder_, fs::perms::all);
  fs::create_directory(folder_ / "locked");
  fs::permissions(folder_ / "locked", fs::perms(0555));
  const NotRoot not_root;
  EXPECT_TRUE(files_.check_writable(path("out")).has_value());
  EXPECT_EQ(files_.check_writable(path("locked/out")).error().kind, ErrorKind::usage);
  EXPECT_EQ(write("locked/out", "x").error().kind, ErrorKind::usage);
}

TEST_F(FileTest, ProvesThatItCanWriteAndLeavesNothing) {
  EXPECT_TRUE(files_.check_writable(path("out")).has_value());
  EXPECT_EQ(files(), 0u);
  put("out", "old");
  EXPECT_TRUE(files_.check_writable(path("out")).has_value());
  EXPECT_EQ(text("out"), "old");
  EXPECT_EQ(files(), 1u);
  EXPECT_TRUE(files_.check_writable("-").has_value());
}

TEST_F(FileTest, T90ReportsAFullDisk) {
  const std::unique_ptr<OutputFile> file = files_.open_output("/dev/full").value();
  ASSERT_TRUE(file->append("buffered").has_value());
  const Error error = file->commit().error();
  EXPECT_EQ(error.kind, ErrorKind::disk);
  EXPECT_THAT(error.message, HasSubstr("/dev/full"));
  EXPECT_THAT(error.message, HasSubstr("free some space"));
  EXPECT_FALSE(file->commit().has_value()) << "what was lost stays lost";
  EXPECT_FALSE(file->append("x").has_value());
}

/// No file of this process can grow beyond `bytes` while this lives: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_ = {};
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_F(FileTest, T90WhatReachedAFullDiskCanBeKept) {
  put("out", "old");
  const FullDisk full(100'000);
  const std::unique_ptr<OutputFile> file = files_.open_output(path("out")).value();
  ASSERT_TRUE(file->append("12345").has_value());
  ASSERT_FALSE(file->append(std::string(5'000'000, 'x')).has_value());
  EXPECT_EQ(file->reached(), 100'000u);
  EXPECT_FALSE(file->commit().has_value());
  EXPECT_EQ(text("out"), "old");
  ASSERT_TRUE(file->commit_front(5).has_value());
  EXPECT_EQ(text("out"), "12345");
  EXPECT_EQ(files(), 1u);
}

TEST_F(FileTest, T90KeepsTheOldFileWhenWritingFails) {
  put("out", "old");
  const FullDisk full(100'000);
  const Result<void> written = write("out", std::string(1'000'000, 'x'));
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().kind, ErrorKind::disk);
  EXPECT_EQ(text("out"), "old");
  EXPECT_EQ(files(), 1u) << "the temporary file is gone";
}

TEST_F(FileTest, WritesStraightIntoAPipe) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_TRUE(write("pipe", "through").has_value());
  std::array<char, 16> bytes = {};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 7);
  EXPECT_STREQ(bytes.data(), "through");
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
}

TEST_F(FileTest, AddsAtTheEndWhateverOthersAdd) {
  put("log", "before\n");
  const std::unique_ptr<AppendFile> one = files_.open_append(path("log")).value();
  const std::unique_ptr<AppendFile> other = files_.open_append(path("log")).value();
  ASSERT_TRUE(one->append("1\n").has_value());
  ASSERT_TRUE(other->append("2\n").has_value());
  ASSERT_TRUE(one->append("3\n").has_value());
  EXPECT_EQ(text("log"), "before\n1\n2\n3\n");
}

TEST_F(FileTest, SaysWhyItCannotAdd) {
  EXPECT_THAT(files_.open_append(path("no/log")).error().message, HasSubstr("mkdir -p " + path("no")));
  EXPECT_THAT(files_.open_append(folder_.string()).error().message, HasSubstr("it is a folder"));
  EXPECT_EQ(files_.open_append("").error().kind, ErrorKind::usage);
}

TEST_F(FileTest, T90NothingOfALineStaysOnAFullDisk) {
  const std::unique_ptr<AppendFile> file = files_.open_append(path("log")).value();
  {
    const FullDisk full(1'000);
    ASSERT_TRUE(file->append("whole\n").has_value());
    EXPECT_EQ(file->append(std::string(5'000, 'x')).error().kind, ErrorKind::disk);
  }
  EXPECT_TRUE(file->append("later\n").has_value()) << "there is room again";
  EXPECT_EQ(text("log"), "whole\nlater\n");
}

TEST_F(FileTest, ReplacesAtOnceWithoutALeftover) {
  for (const char* content : {"one", "two", ""}) {
    ASSERT_TRUE(files_.replace(path("state"), content).has_value());
    EXPECT_EQ(text("state"), content);
    EXPECT_EQ(files(), 1u);
  }
}

TEST_F(FileTest, ReplacesOverWhatAKilledProcessLeft) {
  put(".state.tmp", "longer than what comes");
  ASSERT_TRUE(files_.replace(path("state"), "new").has_value());
  EXPECT_EQ(text("state"), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(FileTest, T90KeepsTheOldFileWhenReplacingFails) {
  put("state", "old");
  const FullDisk full(1'000);
  EXPECT_EQ(files_.replace(path("state"), std::string(5'000, 'x')).error().kind, ErrorKind::disk);
  EXPECT_EQ(text("state"), "old");
  EXPECT_EQ(files(), 1u);
}

}  // namespace
}  // namespace synthv1
