using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>Reads the text of a geography literal: <c>SRID=4326;POINT(18.07 59.33)</c>, longitude first (OData ABNF 4.01, 7: geographyPoint).</summary>
internal ref struct GeographyReader(ReadOnlySpan<char> text)
{
    private const string Forms = "SRID=4326; and POINT(lon lat), LINESTRING(lon lat,lon lat) or POLYGON((lon lat,…))";

    private ReadOnlySpan<char> rest = text;

    /// <summary>A <see cref="GeoPoint"/> or a <see cref="Geometry"/>; null where <paramref name="problem"/> says what is wrong.</summary>
    public static (object Value, PrimitiveKind Kind)? Read(ReadOnlySpan<char> text, out string? problem)
    {
        var reader = new GeographyReader(text);
        var value = reader.Read(out problem);
        if (problem is null && !reader.rest.Trim().IsEmpty)
        {
            problem = $"unexpected '{reader.rest}'; allowed: {Forms}";
        }

        return problem is null ? value : null;
    }

    private (object Value, PrimitiveKind Kind)? Read(out string? problem)
    {
        problem = null;
        if (TakeWord("SRID") && (!Take('=') || TakeUntil(';') is not "4326"))
        {
            problem = "the only coordinate reference system is WGS 84: SRID=4326";
            return null;
        }

        var parts = new List<IReadOnlyList<GeoPoint>>();
        if (TakeWord("POINT"))
        {
            problem = ReadRun(parts, least: 1) ?? (parts[0].Count > 1 ? "a point has one position" : null);
            return problem is null ? (parts[0][0], PrimitiveKind.GeographyPoint) : null;
        }

        if (TakeWord("LINESTRING"))
        {
            problem = ReadRun(parts, least: 2);
            return (new Geometry(PrimitiveKind.GeographyLineString, parts), PrimitiveKind.GeographyLineString);
        }

        if (!TakeWord("POLYGON") || !Take('('))
        {
            problem = $"allowed: {Forms}";
            return null;
        }

        do
        {
            problem = ReadRun(parts, least: 4) ?? (parts[^1][0] != parts[^1][^1] ? "a ring ends where it begins" : null);
        }
        while (problem is null && Take(','));

        problem ??= Take(')') ? null : "')' is missing";
        return (new Geometry(PrimitiveKind.GeographyPolygon, parts), PrimitiveKind.GeographyPolygon);
    }

    private string? ReadRun(List<IReadOnlyList<GeoPoint>> parts, int least)
    {
        if (!Take('('))
        {
            return "'(' is missing";
        }

        var points = new List<GeoPoint>();
        do
        {
            if (!TakeNumber(out var longitude) || !TakeNumber(out var latitude))
            {
                return "a position is a longitude and a latitude, with a space between";
            }

            // Elevation and measure are allowed and say nothing here.
            _ = TakeNumber(out _) && TakeNumber(out _);
            if (longitude is not (>= -180 and <= 180) || latitude is not (>= -90 and <= 90))
            {
                return "longitude is -180 to 180 and comes first, latitude is -90 to 90";
            }

            points.Add(new GeoPoint(longitude, latitude));
        }
        while (Take(','));

        if (!Take(')'))
        {
            return "')' is missing";
        }

        parts.Add(points);
        return points.Count < least ? $"at least {least.ToString(CultureInfo.InvariantCulture)} positions are needed" : null;
    }

    private bool Take(char c)
    {
        rest = rest.TrimStart(' ');
        if (rest.IsEmpty || rest[0] != c)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private bool TakeWord(string word)
    {
        rest = rest.TrimStart(' ');
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        rest = rest[word.Length..];
        return true;
    }

    private ReadOnlySpan<char> TakeUntil(char c)
    {
        var stop = rest.IndexOf(c);
        if (stop < 0)
        {
            return [];
        }

        var taken = rest[..stop].Trim(' ');
        rest = rest[(stop + 1)..];
        return taken;
    }

    private bool TakeNumber(out double value)
    {
        rest = rest.TrimStart(' ');
        var stop = rest.IndexOfAny(" ,)");
        var number = LiteralReader.ReadDouble(stop < 0 ? rest : rest[..stop]);
        value = number.GetValueOrDefault();
        if (number is not null)
        {
            rest = stop < 0 ? [] : rest[stop..];
        }

        return number is not null;
    }
}
