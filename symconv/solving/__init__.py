"""Every setting of a layer that meets a request, or why there is none."""
