#pragma once
// Operations of ours inside TensorFlow. Every one has float32 inputs and outputs and the same two attributes:
// `settings`, a list of whole numbers, and `number`, one float; each operation says what they mean.
#include <cstdint>
#include <initializer_list>
#include <vector>

struct TF_OpKernelContext;
struct TF_Tensor;

namespace blemish {

// One execution: its inputs, its outputs, and a way to refuse. Only the first refusal counts.
class Call {
 public:
  Call(TF_OpKernelContext* context, const std::vector<int64_t>& settings, float number, int inputs);
  ~Call();
  Call(const Call&) = delete;

  const float* input(int index) const { return data_[index]; }
  int rank(int index) const;
  long dim(int index, int axis) const;
  long size(int index) const;
  long setting(int index) const { return settings_[index]; }
  int settingCount() const { return static_cast<int>(settings_.size()); }
  float number() const { return number_; }

  // Allocates output `index`; null after a failure.
  float* output(int index, std::initializer_list<long> dims);
  float* outputLike(int index, int input);

  void refuse(const char* reason);
  bool refused() const { return refused_; }

 private:
  float* allocate(int index, const int64_t* dims, int rank);
  TF_OpKernelContext* context_;
  const std::vector<int64_t>& settings_;
  float number_;
  bool refused_ = false;
  std::vector<TF_Tensor*> tensors_;
  std::vector<const float*> data_;
};

// What an operation is: its name in TensorFlow, how many tensors come and go, and what it does.
struct Operation {
  const char* name;
  int inputs, outputs;
  void (*compute)(Call&);
};

// Registers operation and kernel; throws nothing, returns a reason or null.
const char* registerOperation(const Operation& operation);

}  // namespace blemish
