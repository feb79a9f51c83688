using ServiceOffices.Queries;

namespace ServiceOffices.Evaluation;

/// <summary>What substring() takes of a string or a collection (OData 4.01 Part 2, 5.1.1.5.7).</summary>
internal static class SubstringRange
{
    /// <param name="start">From 0; a negative one counts from the end. One beyond either end is that end.</param>
    /// <exception cref="ODataRequestException">400: a negative length.</exception>
    public static (int Start, int Count) Get(int totalLength, int start, int length)
    {
        if (length < 0)
        {
            throw new ODataRequestException(400, "InvalidArgument", $"The length of substring must be a number from 0; got {length}.");
        }

        var from = start < 0 ? Math.Max(0, totalLength + start) : Math.Min(start, totalLength);
        return (from, Math.Min(length, totalLength - from));
    }
}
