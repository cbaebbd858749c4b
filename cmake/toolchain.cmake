# SPDX-License-Identifier: Apache-2.0
# Warnings as errors, sanitizers, ccache and a fast linker where there is one.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wduplicated-cond)
  # GCC 12 reports these inside its own std::expected and std::variant when it inlines them.
  add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
  # It takes the frame of a coroutine for one of another allocator where it inlines its end.
  add_compile_options(-Wno-mismatched-new-delete)
endif()
if(SYNTHV1_SANITIZE)
  add_compile_options(-fsanitize=${SYNTHV1_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SYNTHV1_SANITIZE})
  # The vptr check opens a pipe to look at memory, and reports a fault where the process is out of descriptors (T43).
  if(SYNTHV1_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr)
  endif()
endif()

if(SYNTHV1_FUZZ)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT APPLE)
  add_link_options(-fuse-ld=mold)
endif()
