/* GroupNorm with an optional SiLU behind it, forward and backward, on bf16 pictures with channels last: one pass where
 * PyTorch needs many, and most of the time of training without it. Plain loops that gcc turns into vector code. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint16_t bf16;

static inline float load(bf16 value) {
  uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}

/* Rounds to the nearest; not-a-numbers do not come here. */
static inline bf16 store(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return (bf16)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

static inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

/* scale and shift (pictures x channels) make the norm one multiply and add; statistics holds the mean and the inverse
 * spread of each group. */
void group_norm_forward(const bf16 *in, bf16 *out, const float *weight, const float *bias, float *scale, float *shift,
                        float *statistics, int pictures, int pixels, int channels, int groups, int with_silu, float epsilon) {
  int size = channels / groups;
  float *sums = malloc(sizeof(float) * 2 * channels), *squares = sums + channels;
  for (int n = 0; n < pictures; n++) {
    const bf16 *x = in + (size_t)n * pixels * channels;
    bf16 *y = out + (size_t)n * pixels * channels;
    float *a = scale + n * channels, *b = shift + n * channels, *s = statistics + n * 2 * groups;
    memset(sums, 0, sizeof(float) * 2 * channels);
    for (int p = 0; p < pixels; p++)
      for (int c = 0; c < channels; c++) {
        float v = load(x[(size_t)p * channels + c]);
        sums[c] += v;
        squares[c] += v * v;
      }
    for (int g = 0; g < groups; g++) {
      double mean = 0, square = 0, count = (double)pixels * size;
      for (int c = g * size; c < (g + 1) * size; c++) mean += sums[c], square += squares[c];
      mean /= count;
      double variance = square / count - mean * mean;
      float inverse = 1.0f / sqrtf((float)(variance > 0 ? variance : 0) + epsilon);
      s[2 * g] = (float)mean, s[2 * g + 1] = inverse;
      for (int c = g * size; c < (g + 1) * size; c++) a[c] = weight[c] * inverse, b[c] = bias[c] - (float)mean * a[c];
    }
    for (int p = 0; p < pixels; p++)
      for (int c = 0; c < channels; c++) {
        float u = load(x[(size_t)p * channels + c]) * a[c] + b[c];
        y[(size_t)p * channels + c] = store(with_silu ? u * sigmoid(u) : u);
      }
  }
  free(sums);
}

/* With u the norm's result: d_in = scale * d_u - inverse * S1 - inverse * normalised * S2, where S1 and S2 are the means
 * over the group of weight * d_u and weight * d_u * normalised. */
void group_norm_backward(const bf16 *in, const bf16 *d_out, bf16 *d_in, const float *weight, const float *scale,
                         const float *shift, const float *statistics, float *d_weight, float *d_bias, int pictures,
                         int pixels, int channels, int groups, int with_silu) {
  int size = channels / groups;
  float *sums = malloc(sizeof(float) * 4 * channels), *products = sums + channels, *slope = sums + 2 * channels,
        *offset = sums + 3 * channels;
  memset(d_weight, 0, sizeof(float) * channels);
  memset(d_bias, 0, sizeof(float) * channels);
  for (int n = 0; n < pictures; n++) {
    const bf16 *x = in + (size_t)n * pixels * channels, *g = d_out + (size_t)n * pixels * channels;
    bf16 *d = d_in + (size_t)n * pixels * channels;
    const float *a = scale + n * channels, *b = shift + n * channels, *s = statistics + n * 2 * groups;
    memset(sums, 0, sizeof(float) * 2 * channels);
    for (int p = 0; p < pixels; p++)
      for (int c = 0; c < channels; c++) {
        size_t i = (size_t)p * channels + c;
        float v = load(x[i]), du = load(g[i]);
        if (with_silu) {
          float u = v * a[c] + b[c], half = sigmoid(u);
          du *= half * (1.0f + u * (1.0f - half));
        }
        d[i] = store(du);
        sums[c] += du;
        products[c] += du * v;
      }
    for (int k = 0; k < groups; k++) {
      double first = 0, second = 0;
      float mean = s[2 * k], inverse = s[2 * k + 1];
      for (int c = k * size; c < (k + 1) * size; c++) {
        float normalised = (products[c] - mean * sums[c]) * inverse;
        d_bias[c] += sums[c];
        d_weight[c] += normalised;
        first += weight[c] * sums[c];
        second += weight[c] * normalised;
      }
      first /= (double)pixels * size, second /= (double)pixels * size;
      for (int c = k * size; c < (k + 1) * size; c++) {
        slope[c] = -inverse * inverse * (float)second;
        offset[c] = -inverse * (float)first - slope[c] * mean;
      }
    }
    for (int p = 0; p < pixels; p++)
      for (int c = 0; c < channels; c++) {
        size_t i = (size_t)p * channels + c;
        d[i] = store(load(d[i]) * a[c] + load(x[i]) * slope[c] + offset[c]);
      }
  }
  free(sums);
}
