// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/temporary_file.h"

#include "synthv1/base/file.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace synthv1::test {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class TemporaryFileTest : public testing::Test {
 protected:
  std::string target() const { return folder_.path("x.json"); }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
  }
  void make(const std::string& name) const { std::ofstream(folder_.path(name)) << "half"; }

  TemporaryFolder folder_;
  DiskFiles files_;
};

TEST_F(TemporaryFileTest, OfAKilledProcessIsTakenAway) {
  const pid_t child = ::fork();
  if (child == 0) {
    auto output = files_.open_output(target());
    static_cast<void>((*output)->append("half"));
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_THAT(names(), SizeIs(1));
  files_.remove_abandoned(target());
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(TemporaryFileTest, OfALivingProcessStays) {
  auto output = files_.open_output(target()).value();
  ASSERT_TRUE(output->append("whole"));
  files_.remove_abandoned(target());
  EXPECT_THAT(names(), SizeIs(1));
  ASSERT_TRUE(output->commit());
  EXPECT_THAT(names(), ElementsAre("x.json"));
  EXPECT_EQ(read_file(target()).value(), "whole");
}

TEST_F(TemporaryFileTest, OtherFilesStay) {
  const std::vector<std::string> others = {".x.json.1-2.tm", ".x.json.1-2.tmp.bak", ".x.json.12.tmp",
                                           ".x.json.tmp",    ".x.json.a-2.tmp",     ".x.json.1-.tmp",
                                           "x.json.1-2.tmp", ".x.jsonl.1-2.tmp"};
  for (const std::string& name : others) make(name);
  make(".x.json.1-2.tmp");
  files_.remove_abandoned(target());
  EXPECT_THAT(names(), testing::UnorderedElementsAreArray(others));
}

TEST_F(TemporaryFileTest, WhereALinkLeadsIsLookedAt) {
  fs::create_directory(folder_.path("real"));
  fs::create_symlink("real/y.json", target());
  make("real/.y.json.1-2.tmp");
  files_.remove_abandoned(target());
  EXPECT_TRUE(fs::is_empty(folder_.path("real")));
}

TEST_F(TemporaryFileTest, AFolderThatIsMissingIsNoError) {
  remove_abandoned_temporaries(folder_.path("missing/x.json"));
  remove_abandoned_temporaries("x-that-is-nowhere.json");
}

}  // namespace
}  // namespace synthv1::test
