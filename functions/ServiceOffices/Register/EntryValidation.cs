using System.Globalization;

namespace ServiceOffices.Register;

/// <summary>What an office with all of its events must be. Every problem is reported at once.</summary>
public sealed class EntryValidation(ReferenceData reference)
{
    private readonly OfficeValidation offices = new(reference);

    /// <summary>The office's problems, then the events', whose fields are named <c>events[0].kind</c>; empty where the entry is valid.</summary>
    public IReadOnlyList<Problem> Problems(RegisterEntry entry)
    {
        var problems = new List<Problem>(offices.Problems(entry.Office));
        for (var i = 0; i < entry.Events.Count; i++)
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"events[{i}].");
            problems.AddRange(EventProblems(entry, i).Select(problem => problem with { Field = row + problem.Field }));
        }

        return problems;
    }

    public IReadOnlyList<Problem> OfficeProblems(Office office) => offices.Problems(office);

    /// <summary>The problems of one of the events, a number that an earlier one has among them.</summary>
    public static IReadOnlyList<Problem> EventProblems(RegisterEntry entry, int index)
    {
        var happened = entry.Events[index];
        var problems = LifecycleEventValidation.Problems(happened, entry.Office.Id);
        return entry.Events.Take(index).All(earlier => earlier.Number != happened.Number)
            ? problems
            : [.. problems, new Problem("number", happened.Number.ToString(CultureInfo.InvariantCulture), "given once within the office")];
    }
}
