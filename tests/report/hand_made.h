// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace synthv1::test {

/// A record of three sessions, four transactions and six questions, one of them asked before the last
/// session.
extern const std::string kOneRecord;

/// A record of one Chinese session as other programs write it: without evidence, spec, language or model.
extern const std::string kOthersRecord;

}  // namespace synthv1::test
