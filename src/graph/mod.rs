//! Claims become one weighted network; measures, communities and layout are computed on it.
