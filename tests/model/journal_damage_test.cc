// SPDX-License-Identifier: Apache-2.0
// A journal whose log was cut, or of which a byte was changed: what is whole is used, what is not is named.
#include "synthv1/base/sqlite.h"
#include "synthv1/model/journal_salvage.h"
#include "tests/model/kept_replies.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

namespace fs = std::filesystem;

constexpr int kReplies = 4;
constexpr std::size_t kPage = 512;          ///< the least that SQLite can
constexpr std::size_t kFrame = 24 + kPage;  ///< of the log
constexpr std::size_t kLogHeader = 32;
constexpr std::size_t kWriteEach = 5;  ///< starts, one is written on: a sync takes its time

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void spill(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string content_of(int number) { return fmt::format("reply {} {}", number, std::string(40, 'r')); }

/// The bytes of a journal: of the database and of its log.
struct Bytes {
  std::string database, log;
};

class JournalDamage : public testing::Test {
 protected:
  JournalDamage() {
    // Small pages: there are few bytes to try.
    SqlDatabase::open(path_, SqlDatabase::Access::create)
        .value()
        .try_run("PRAGMA page_size = 512; CREATE TABLE t (x); DROP TABLE t")
        .value();
    JournalFile file = JournalFile::open(path_).value();
    file.set_meta({{"seed", "1"}}).value();
    logged_.push_back(fs::file_size(path_ + "-wal"));
    for (int number = 0; number < kReplies; ++number) {
      file.commit(group_of({kept_reply(number, content_of(number))}, {kept_verdict(number, true)})).value();
      logged_.push_back(fs::file_size(path_ + "-wal"));
    }
    in_log_ = {.database = slurp(path_), .log = slurp(path_ + "-wal")};
  }
  /// The same with an empty log.
  Bytes without_log() const {
    lay(in_log_);
    {
      JournalFile::open(path_).value();
    }
    EXPECT_FALSE(fs::exists(path_ + "-wal"));
    return {.database = slurp(path_), .log = {}};
  }

  void lay(const Bytes& bytes) const {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path())) fs::remove(entry);
    spill(path_, bytes.database);
    if (!bytes.log.empty()) spill(path_ + "-wal", bytes.log);
  }

  struct Found {
    int whole = 0;  ///< from the first on, one after the other
    std::set<int> numbers;
    bool named = false;  ///< something of it was said to be damaged
  };

  /// Replies that were committed when the log had that size.
  std::ptrdiff_t committed_in(std::size_t size) const {
    const auto commits = std::upper_bound(logged_.begin(), logged_.end(), size) - logged_.begin();
    return std::max<std::ptrdiff_t>(commits, 1) - 1;
  }

  /// What a start finds; nothing where the journal cannot be used, which then is left as it was.
  std::optional<Found> start(std::size_t turn = 0) const {
    const Bytes before{.database = slurp(path_), .log = slurp(path_ + "-wal")};
    auto sound = open_sound_journal(path_);
    if (!sound) {
      EXPECT_THAT(sound.error().message, testing::HasSubstr(path_));
      EXPECT_TRUE(sound.error().kind == ErrorKind::disk || sound.error().kind == ErrorKind::usage);
      EXPECT_EQ(slurp(path_).size(), before.database.size()) << "it is left as it is";
      return std::nullopt;
    }
    if (auto done = sound->file.set_meta({{"seed", "1"}}); !done) {
      EXPECT_THAT(done.error().message, testing::HasSubstr(path_));
      return std::nullopt;
    }
    Found found{.named = !sound->remarks.empty()};
    for (int number = 0; number < kReplies; ++number) {
      const auto row = sound->file.find(key_of(number));
      EXPECT_TRUE(row) << row.error().message;
      if (!row || !*row) continue;
      EXPECT_EQ((*row)->reply.reply.content, content_of(number)) << "what is not whole is not used";
      EXPECT_EQ((*row)->reply.index, static_cast<std::uint32_t>(number));
      found.numbers.insert(number);
    }
    while (found.numbers.contains(found.whole)) ++found.whole;
    found.named = found.named || sound->file.damaged() > 0;
    if (turn % kWriteEach == 0) write_on(sound->file);
    return found;
  }

  /// Every reply is asked for again and kept: the damaged ones are replaced.
  static void write_on(JournalFile& file) {
    JournalGroup group;
    for (int number = 0; number <= kReplies; ++number) {
      const auto row = file.find(key_of(number));
      if (row && !*row) group.replies.push_back(kept_reply(number, content_of(number)));
    }
    ASSERT_TRUE(file.commit(group));
    for (int number = 0; number <= kReplies; ++number)
      ASSERT_TRUE(file.find(key_of(number)).value().has_value()) << number;
  }

  TemporaryFolder folder_{TemporaryFolder::Place::memory};
  std::string path_ = folder_.path("x.journal");
  std::vector<std::size_t> logged_;  ///< the log's size after so many replies
  Bytes in_log_;
};

TEST_F(JournalDamage, T91TheLogCutAtEveryByte) {
  const std::size_t begun = logged_.front();  // before that there is no journal yet: few bytes are tried
  for (std::size_t size = in_log_.log.size(); size > 0;
       size -= size > begun ? 1 : std::min<std::size_t>(size, 37)) {
    SCOPED_TRACE(fmt::format("cut at {} of {}", size, in_log_.log.size()));
    const std::string_view log = std::string_view(in_log_.log).substr(0, size);
    lay({.database = in_log_.database, .log = std::string(log)});
    const auto found = start(size);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->whole, committed_in(size)) << "all that was committed before the cut";
    const bool between_frames = size >= kLogHeader && (size - kLogHeader) % kFrame == 0;
    EXPECT_TRUE(found->named || between_frames);
    if (HasFailure()) break;
  }
}

TEST_F(JournalDamage, T91AnyByteOfTheLogChanged) {
  for (std::size_t at = 0; at < in_log_.log.size(); at += 7) {
    SCOPED_TRACE(fmt::format("byte {} of {}", at, in_log_.log.size()));
    Bytes damaged = in_log_;
    damaged.log[at] = static_cast<char>(damaged.log[at] ^ (1 << (at % 8)));
    lay(damaged);
    const auto found = start(at);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->numbers.size(), static_cast<std::size_t>(found->whole)) << "what lies before it is used";
    EXPECT_GE(found->whole, committed_in(at));
    EXPECT_TRUE(found->whole == kReplies || found->named);
    if (HasFailure()) break;
  }
}

TEST_F(JournalDamage, T91AnyByteOfTheDatabaseChanged) {
  const Bytes whole = without_log();
  int unusable = 0, all = 0, some = 0;
  for (std::size_t at = 0; at < whole.database.size(); at += 5) {
    SCOPED_TRACE(fmt::format("byte {} of {}", at, whole.database.size()));
    Bytes damaged = whole;
    damaged.database[at] = static_cast<char>(damaged.database[at] ^ (at % 3 == 0 ? 0xff : 1 << (at % 8)));
    lay(damaged);
    const auto found = start(at);
    if (HasFailure()) break;
    ++(!found ? unusable : found->numbers.size() == kReplies ? all : some);
    if (found) {
      ASSERT_TRUE(found->numbers.size() == kReplies || found->named);
    }
  }
  EXPECT_GT(all, some + unusable) << "most bytes are unused";
  EXPECT_GT(some, 0);
}

TEST_F(JournalDamage, T91ABrokenTableIsSavedBesideTheDamagedFile) {
  Bytes damaged = without_log();
  // The roots of the indexes and tables: whatever page it is, the others are still there.
  for (std::size_t page = 1; page < damaged.database.size() / kPage; ++page) {
    SCOPED_TRACE(fmt::format("page {}", page));
    Bytes broken = damaged;
    std::fill_n(broken.database.begin() + static_cast<std::ptrdiff_t>(page * kPage), kPage, '\x5a');
    lay(broken);
    auto sound = open_sound_journal(path_);
    if (!sound) continue;
    if (sound->remarks.empty()) continue;  // a page that nothing needs
    EXPECT_THAT(sound->remarks[0], testing::HasSubstr("x.journal.damaged"));
    EXPECT_TRUE(fs::exists(path_ + ".damaged"));
    EXPECT_FALSE(fs::exists(path_ + ".rescue"));
  }
}

TEST_F(JournalDamage, T91RepliesWhoseVerdictsCannotBeReadAreJudgedAnew) {
  Bytes damaged = without_log();
  const auto root = SqlDatabase::open(path_, SqlDatabase::Access::read)
                        .value()
                        .try_first("SELECT rootpage FROM sqlite_schema WHERE name = 'verdict'")
                        .value()
                        .value()
                        .whole(0);
  std::fill_n(damaged.database.begin() + (root - 1) * static_cast<std::ptrdiff_t>(kPage), kPage, '\x5a');
  lay(damaged);
  auto sound = open_sound_journal(path_);
  ASSERT_TRUE(sound) << sound.error().message;
  ASSERT_FALSE(sound->remarks.empty());
  for (int number = 0; number < kReplies; ++number) {
    const auto row = sound->file.find(key_of(number)).value();
    ASSERT_TRUE(row) << number;
    EXPECT_EQ(row->reply.reply.content, content_of(number));
    EXPECT_FALSE(row->verdict);
  }
}

TEST_F(JournalDamage, T91AnEmptyFileWithALogIsLeftAsItIs) {
  lay({.database = {}, .log = in_log_.log});
  EXPECT_FALSE(start());
  EXPECT_EQ(slurp(path_ + "-wal"), in_log_.log);
}

TEST_F(JournalDamage, AKilledRescueLeavesNothing) {
  Bytes damaged = without_log();
  std::fill_n(damaged.database.begin() + 3 * kPage, kPage, '\x5a');
  lay(damaged);
  spill(path_ + ".rescue", "half a journal");
  spill(path_ + ".rescue-wal", "and its log");
  const auto sound = open_sound_journal(path_);
  ASSERT_TRUE(sound) << sound.error().message;
  EXPECT_FALSE(sound->remarks.empty());
  EXPECT_FALSE(fs::exists(path_ + ".rescue"));
  EXPECT_FALSE(fs::exists(path_ + ".rescue-wal"));
}

}  // namespace
}  // namespace synthv1::test
