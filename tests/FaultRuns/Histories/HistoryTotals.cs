using System.Globalization;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>The counts of histories. Those of the last group are defects.</summary>
public sealed class HistoryTotals
{
    private readonly List<string> problems = [];

    public int Histories { get; set; }

    public int Faults { get; set; }

    public int Edits { get; set; }

    public int AddedEvents { get; set; }

    public int Imports { get; set; }

    public int Refreshes { get; set; }

    public int Revisions { get; set; }

    /// <summary>Gets or sets the number of edits after which another editor wrote before the retry.</summary>
    public int Interferences { get; set; }

    /// <summary>Gets or sets the number of calls that ended with "storage unavailable" and were not applied.</summary>
    public int Unavailable { get; set; }

    /// <summary>Gets or sets the number of calls that ended with "may have been applied".</summary>
    public int Undecided { get; set; }

    /// <summary>Gets or sets the number of leases that remained after a refresh, because the storage did not answer its release.</summary>
    public int LeasesLeft { get; set; }

    public int DoubledEvents { get; set; }

    /// <summary>Gets or sets the number of refusals (404, 409, 412) of edits that were applied, or that nothing contradicted.</summary>
    public int FalseRefusals { get; set; }

    /// <summary>Gets or sets the number of calls that were applied although "unavailable" was reported.</summary>
    public int FalselyUnavailable { get; set; }

    /// <summary>Gets or sets the number of exceptions that a client would see as 500.</summary>
    public int Errors { get; set; }

    /// <summary>Gets or sets the number of other differences: lost edits, wrong publications, broken chains.</summary>
    public int Differences { get; set; }

    /// <summary>Gets a description of each defect.</summary>
    public IReadOnlyList<string> Problems => problems;

    public void AddProblem(string problem) => problems.Add(problem);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Histories} histories, {Faults} faults, {Edits} edits ({AddedEvents} added events, {Interferences} followed by another edit before the retry), {Imports} imports, {Refreshes} refreshes, {Revisions} revisions
        {Unavailable} unavailable, {Undecided} reported as undecided, {LeasesLeft} leases left to expire
        {DoubledEvents} doubled events, {FalseRefusals} false refusals, {FalselyUnavailable} applied but reported as unavailable, {Errors} internal errors, {Differences} other differences
        """);
}
