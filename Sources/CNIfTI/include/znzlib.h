// The system's nifti2_io.h asks for <znzlib.h>, which lies beside it in <nifti/>. This file passes
// the request on, so that no compiler flag has to.
#include <nifti/znzlib.h>
