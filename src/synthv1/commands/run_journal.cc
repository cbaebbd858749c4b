// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_journal.h"

#include "synthv1/base/text.h"
#include "synthv1/commands/run_identity.h"
#include "synthv1/model/journal_salvage.h"

#include <charconv>
#include <filesystem>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// Where the server was at the first start, and under what other addresses it may be met since.
constexpr const char* kEndpoint = "base_url";
constexpr const char* kMovedTo = "moved_to";

void take_seed(RunOptions& options, const JournalMeta& meta) {
  const auto kept = meta.find("seed");
  if (!options.seed_drawn || kept == meta.end()) return;
  std::from_chars(kept->second.data(), kept->second.data() + kept->second.size(), options.seed);
}

Error other_run(const std::string& path, const std::vector<std::string>& differences) {
  return {
      ErrorKind::usage,
      fmt::format("{} is of a run with other options: {}; give the same ones to go on with it, name another "
                  "--out, or start over with --fresh, which sets it aside",
                  path, join(differences, ", "))};
}

/// What to write into the meta of a journal that these options go on with.
JournalMeta changed_meta(const JournalMeta& then, JournalMeta now, const RunOptions& options) {
  const auto endpoint = then.find(kEndpoint);
  if (endpoint != then.end() && endpoint->second != options.base_url) {
    now[kMovedTo] = options.base_url;
    now[kEndpoint] = endpoint->second;
  }
  return now;
}

/// The journal takes a server that has moved once for the same from then on.
void know_moved_endpoint(RunOptions& options, const JournalMeta& meta) {
  const auto moved = meta.find(kMovedTo);
  if (moved != meta.end() && moved->second == options.base_url) options.same_endpoint = true;
}

void read_earlier(JournalFile& file, const std::string& checker, RunJournal& run) {
  file.read_starts_and_records({.record =
                                    [&](const KeptRecord& record) {
                                      if (record.checker == checker && record.index < run.settled.size())
                                        run.settled[record.index] = true;
                                    },
                                .start = [&](const KeptStart& start) { run.spent += start.spending; }});
}

}  // namespace

std::string journal_path(const RunOptions& options) {
  return options.embedded() || options.out == "-" ? std::string() : options.out + ".journal";
}

Result<RunJournal> open_run_journal(RunOptions& options, const RunKind& kind,
                                    const asio::any_io_executor& executor) {
  const std::string path = journal_path(options);
  RunJournal run;
  if (options.fresh) {
    const auto aside = set_journal_aside(path, ".old");
    if (!aside) return std::unexpected(aside.error());
    if (!aside->empty()) run.remarks.push_back("the old journal is kept as " + *aside);
  }
  auto sound = open_sound_journal(path);
  if (!sound) return std::unexpected(std::move(sound.error()));
  run.remarks.insert(run.remarks.end(), sound->remarks.begin(), sound->remarks.end());
  const auto meta = sound->file.meta();
  if (!meta) return std::unexpected(meta.error());
  if (!meta->empty()) {
    take_seed(options, *meta);
    know_moved_endpoint(options, *meta);
    const auto found = differences(*meta, kind.identity(), options);
    if (!found.empty()) return std::unexpected(other_run(path, found));
    if (const auto lost = lost_values(*meta, kind.identity()); !lost.empty())
      run.remarks.push_back(fmt::format("{} was damaged: what it said of {} is lost, and taken as given now",
                                        path, join(lost, ", ")));
  }
  const JournalMeta now = changed_meta(*meta, kind.identity(), options);
  if (auto done = sound->file.set_meta(now); !done) return std::unexpected(std::move(done.error()));
  run.scope = {.endpoint = now.at(kEndpoint), .model = options.model, .temperature = options.temperature};
  run.settled.resize(kind.records);
  read_earlier(sound->file, kind.checker, run);
  run.kept = sound->file.count_replies().value_or(0);
  auto journal = Journal::make(std::move(sound->file), path, executor);
  if (!journal) return std::unexpected(std::move(journal.error()));
  run.journal = std::move(*journal);
  return run;
}

bool remove_if_empty(const std::string& path) {
  {
    auto file = JournalFile::open(path);
    if (!file || file->count_replies().value_or(1) > 0) return false;
  }
  std::error_code ignored;
  return std::filesystem::remove(path, ignored);
}

}  // namespace synthv1
