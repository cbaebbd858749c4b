// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_endpoint.h"

#include <string>
#include <vector>

namespace synthv1::test {

/// What a test certificate says.
struct CertificatePlan {
  std::vector<std::string> dns_names;  ///< subjectAltName DNS entries
  std::vector<std::string> addresses;  ///< subjectAltName IP entries
  long valid_from = -3600;             ///< seconds from now
  long valid_to = 24L * 3600;          ///< seconds from now
};

/// A fresh certificate authority; its `certificate` is what a client is told to trust.
Identity make_authority();
/// A certificate signed by `authority`.
Identity issue_certificate(const Identity& authority, const CertificatePlan& plan);
/// A certificate signed by itself.
Identity self_signed(const CertificatePlan& plan);

/// A file that is there while the object lives; for options that take a file's name.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace synthv1::test
