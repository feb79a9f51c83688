using ODataEngine.Model;

namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>
/// Solves the inverse geodesic problem by T. Vincenty, Survey Review XXIII, 176 (1975), on WGS 84: accurate to a millimetre,
/// but without convergence near the antipodes. It shares no code with <see cref="Geodesy"/>, which is compared with it.
/// </summary>
internal static class VincentyDistance
{
    private const double A = 6_378_137;
    private const double F = 1 / 298.257223563;
    private const double B = A * (1 - F);

    /// <summary>Gets the distance in metres; null if the iteration does not converge.</summary>
    public static double? GetDistanceMetres(GeoPoint from, GeoPoint to)
    {
        var l = (to.Longitude - from.Longitude) * Math.PI / 180;
        var (sinU1, cosU1) = Math.SinCos(Math.Atan((1 - F) * Math.Tan(from.Latitude * Math.PI / 180)));
        var (sinU2, cosU2) = Math.SinCos(Math.Atan((1 - F) * Math.Tan(to.Latitude * Math.PI / 180)));
        var lambda = l;
        for (var i = 0; i < 200; i++)
        {
            var (sinLambda, cosLambda) = Math.SinCos(lambda);
            var sinSigma = Math.Sqrt(Math.Pow(cosU2 * sinLambda, 2) + Math.Pow((cosU1 * sinU2) - (sinU1 * cosU2 * cosLambda), 2));
            if (sinSigma == 0)
            {
                return 0;
            }

            var cosSigma = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            var sigma = Math.Atan2(sinSigma, cosSigma);
            var sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
            var cosSquaredAlpha = 1 - (sinAlpha * sinAlpha);
            var cosTwoSigmaM = cosSquaredAlpha == 0 ? 0 : cosSigma - (2 * sinU1 * sinU2 / cosSquaredAlpha);
            var c = F / 16 * cosSquaredAlpha * (4 + (F * (4 - (3 * cosSquaredAlpha))));
            var next = l + ((1 - c) * F * sinAlpha * (sigma + (c * sinSigma * (cosTwoSigmaM + (c * cosSigma * (-1 + (2 * cosTwoSigmaM * cosTwoSigmaM)))))));
            if (Math.Abs(next - lambda) < 1e-12)
            {
                var u = cosSquaredAlpha * ((A * A) - (B * B)) / (B * B);
                var a = 1 + (u / 16384 * (4096 + (u * (-768 + (u * (320 - (175 * u)))))));
                var b = u / 1024 * (256 + (u * (-128 + (u * (74 - (47 * u))))));
                var delta = b * sinSigma * (cosTwoSigmaM + (b / 4 * ((cosSigma * (-1 + (2 * cosTwoSigmaM * cosTwoSigmaM)))
                    - (b / 6 * cosTwoSigmaM * (-3 + (4 * sinSigma * sinSigma)) * (-3 + (4 * cosTwoSigmaM * cosTwoSigmaM))))));
                return B * a * (sigma - delta);
            }

            lambda = next;
        }

        return null;
    }
}
