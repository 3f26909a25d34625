{
  # One static library for each instruction set: its flags hold for its file alone.
  'target_defaults': {
    'cflags_cc': ['-std=c++17', '-O3', '-ffp-contract=fast', '-fno-math-errno', '-Wall', '-Wno-psabi', '-fvisibility=hidden', '-fPIC'],
    'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-fno-exceptions'],
    'xcode_settings': {'CLANG_CXX_LANGUAGE_STANDARD': 'c++17', 'OTHER_CPLUSPLUSFLAGS': ['-O3', '-ffp-contract=fast', '-fno-math-errno']},
  },
  'targets': [
    {
      'target_name': 'kernels',
      'sources': ['addon.cc', 'kernels.cc', 'parallel.cc', 'scratch.cc', 'operation.cc', 'operations-convolution.cc', 'operations-training.cc', 'operations-flow.cc', 'operations-backbone.cc', 'isa-base.cc'],
      'libraries': ['<(tensorflow)', '-Wl,-rpath,<(tensorflow_rpath)'],
      'conditions': [['target_arch=="x64"', {'dependencies': ['avx2', 'avx512']}]],
    },
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {'target_name': 'avx2', 'type': 'static_library', 'sources': ['isa-avx2.cc'], 'cflags_cc': ['-mavx2', '-mfma']},
        {
          'target_name': 'avx512',
          'type': 'static_library',
          'sources': ['isa-avx512.cc'],
          'cflags_cc': ['-mavx512f', '-mavx512vl', '-mavx512dq', '-mavx512bw', '-mfma', '-mprefer-vector-width=512'],
        },
      ],
    }],
  ],
}
