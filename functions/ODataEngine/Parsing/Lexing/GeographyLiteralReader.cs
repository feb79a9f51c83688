using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Parsing.Lexing;

/// <summary>Parses a geography literal: <c>SRID=4326;POINT(18.07 59.33)</c>, longitude first (OData ABNF 4.01, 7: geographyPoint).</summary>
internal ref struct GeographyLiteralReader(ReadOnlySpan<char> text)
{
    private const string SupportedForms = "SRID=4326; and POINT(lon lat), LINESTRING(lon lat,lon lat) or POLYGON((lon lat,…))";

    private ReadOnlySpan<char> remaining = text;

    /// <summary>A <see cref="GeoPoint"/> or a <see cref="Geometry"/>; null if it is invalid, with the reason in <paramref name="problem"/>.</summary>
    public static (object Value, PrimitiveKind Kind)? Read(ReadOnlySpan<char> text, out string? problem)
    {
        var reader = new GeographyLiteralReader(text);
        var value = reader.Read(out problem);
        if (problem is null && !reader.remaining.Trim().IsEmpty)
        {
            problem = $"unexpected '{reader.remaining}'; allowed: {SupportedForms}";
        }

        return problem is null ? value : null;
    }

    private (object Value, PrimitiveKind Kind)? Read(out string? problem)
    {
        problem = null;
        if (TryConsumeWord("SRID") && (!TryConsume('=') || ConsumeUntil(';') is not "4326"))
        {
            problem = "the coordinate reference system must be WGS 84 (SRID=4326)";
            return null;
        }

        var parts = new List<IReadOnlyList<GeoPoint>>();
        if (TryConsumeWord("POINT"))
        {
            problem = ReadPositions(parts, minCount: 1) ?? (parts[0].Count > 1 ? "a point must have one position" : null);
            return problem is null ? (parts[0][0], PrimitiveKind.GeographyPoint) : null;
        }

        if (TryConsumeWord("LINESTRING"))
        {
            problem = ReadPositions(parts, minCount: 2);
            return (new Geometry(PrimitiveKind.GeographyLineString, parts), PrimitiveKind.GeographyLineString);
        }

        if (!TryConsumeWord("POLYGON") || !TryConsume('('))
        {
            problem = $"allowed: {SupportedForms}";
            return null;
        }

        do
        {
            problem = ReadPositions(parts, minCount: 4) ?? (parts[^1][0] != parts[^1][^1] ? "a ring must end at its first position" : null);
        }
        while (problem is null && TryConsume(','));

        problem ??= TryConsume(')') ? null : "')' is missing";
        return (new Geometry(PrimitiveKind.GeographyPolygon, parts), PrimitiveKind.GeographyPolygon);
    }

    private string? ReadPositions(List<IReadOnlyList<GeoPoint>> parts, int minCount)
    {
        if (!TryConsume('('))
        {
            return "'(' is missing";
        }

        var points = new List<GeoPoint>();
        do
        {
            if (!TryConsumeNumber(out var longitude) || !TryConsumeNumber(out var latitude))
            {
                return "a position must be a longitude and a latitude separated by a space";
            }

            // Elevation and measure are allowed but ignored.
            _ = TryConsumeNumber(out _) && TryConsumeNumber(out _);
            if (longitude is not (>= -180 and <= 180) || latitude is not (>= -90 and <= 90))
            {
                return "the longitude (first) must be from -180 to 180 and the latitude from -90 to 90";
            }

            points.Add(new GeoPoint(longitude, latitude));
        }
        while (TryConsume(','));

        if (!TryConsume(')'))
        {
            return "')' is missing";
        }

        parts.Add(points);
        return points.Count < minCount ? $"at least {minCount.ToString(CultureInfo.InvariantCulture)} positions are required" : null;
    }

    private bool TryConsume(char c)
    {
        remaining = remaining.TrimStart(' ');
        if (remaining.IsEmpty || remaining[0] != c)
        {
            return false;
        }

        remaining = remaining[1..];
        return true;
    }

    private bool TryConsumeWord(string word)
    {
        remaining = remaining.TrimStart(' ');
        if (!remaining.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        remaining = remaining[word.Length..];
        return true;
    }

    private ReadOnlySpan<char> ConsumeUntil(char c)
    {
        var stop = remaining.IndexOf(c);
        if (stop < 0)
        {
            return [];
        }

        var consumed = remaining[..stop].Trim(' ');
        remaining = remaining[(stop + 1)..];
        return consumed;
    }

    private bool TryConsumeNumber(out double value)
    {
        remaining = remaining.TrimStart(' ');
        var stop = remaining.IndexOfAny(" ,)");
        var number = LiteralReader.ReadDouble(stop < 0 ? remaining : remaining[..stop]);
        value = number.GetValueOrDefault();
        if (number is not null)
        {
            remaining = stop < 0 ? [] : remaining[stop..];
        }

        return number is not null;
    }
}
