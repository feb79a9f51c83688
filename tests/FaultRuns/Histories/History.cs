using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Azure.Core.Pipeline;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.FaultRuns.Transport;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>
/// A seeded sequence of edits, imports and refreshes of one instance, while requests to the storage fail. After each edit, the
/// register must have the state that the reply states; after the history, the publications must contain the register.
/// </summary>
#pragma warning disable CA5394 // A seeded sequence is required.
public sealed class History
{
    private const int Steps = 12;
    private const int Offices = 4;
    private const double FaultRate = 0.12;

    private readonly int seed;
    private readonly HistoryTotals totals;
    private readonly Random random;
    private readonly FaultPlan plan;
    private readonly FaultyPlatform platform;
    private readonly CancellationToken cancellationToken;
    private readonly SortedDictionary<string, OfficeState> expected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int LastEvent, int Writes)> counters = new(StringComparer.Ordinal);
    private int step;

    private History(int seed, FaultPlan plan, FaultyPlatform platform, HistoryTotals totals, CancellationToken cancellationToken)
    {
        (this.seed, this.plan, this.platform, this.totals, this.cancellationToken) = (seed, plan, platform, totals, cancellationToken);
        random = new Random(seed);
    }

    /// <summary>Runs a history and adds its counts and defects to the totals.</summary>
    public static async Task RunAsync(string connectionString, HttpPipelineTransport transport, int seed, HistoryTotals totals, CancellationToken cancellationToken)
    {
        FaultPlan plan = new(seed, FaultRate);
        await using FaultyPlatform platform = new(connectionString, plan, transport);
        History history = new(seed, plan, platform, totals, cancellationToken);
        await history.RunAsync();
        totals.Histories++;
        totals.Faults += plan.Count;
    }

    private async Task RunAsync()
    {
        for (step = 1; step <= Steps; step++)
        {
            switch (random.Next(12))
            {
                case 0 or 1:
                    await RefreshAsync();
                    break;
                case 2:
                    await LoseLeaseAsync();
                    break;
                case 3:
                    await ImportAsync();
                    break;
                default:
                    await EditAsync();
                    break;
            }
        }

        await FinishImportsAsync();
        if (await platform.BreakLeaseAsync(cancellationToken))
        {
            totals.LeasesLeft++;
        }

        await platform.RefreshCleanlyAsync(cancellationToken);
        HistoryCheck check = new(platform, problem => { totals.Differences++; Report(problem); }, cancellationToken);
        await check.CheckRegisterAsync(expected, counters.ToDictionary(pair => pair.Key, pair => pair.Value.Writes));
        totals.Revisions += await check.CheckPublicationsAsync(expected);
    }

    private async Task EditAsync()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"office-{random.Next(Offices)}");
        var before = expected.GetValueOrDefault(id);
        var stored = await platform.CleanRegister.ReadAsync(id, cancellationToken);
        var edit = HistoryEdit.Create(random, id, step, before, counters.GetValueOrDefault(id).LastEvent, platform.Editor, stored);
        if (edit.Kind == "DELETE office" && expected.Count == 1)
        {
            // An empty register is regarded as lost and is not published.
            return;
        }

        string? interference = null;
        if (random.Next(4) == 0)
        {
            plan.BeforeRetry = async () => interference = await InterfereAsync(id);
        }

        totals.Edits++;
        totals.AddedEvents += edit.Kind == "POST event" ? 1 : 0;
        EditStatus? status = null;
        StorageUnavailableException? unavailable = null;
        try
        {
            plan.IsEnabled = true;
            status = (await edit.RunAsync(cancellationToken)).Status;
        }
        catch (StorageUnavailableException e)
        {
            unavailable = e;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            totals.Errors++;
            Report($"{edit.Kind} {id} threw {e}");
        }
        finally
        {
            plan.IsEnabled = false;
            plan.BeforeRetry = null;
        }

        var after = OfficeState.FromEntry((await platform.CleanRegister.ReadAsync(id, cancellationToken))?.Entry);
        JudgeEdit(edit, before, after, status, unavailable, interference);
        Accept(edit, id, after, writes: (HasChanged(before, after, interference) ? 1 : 0) + (interference is null ? 0 : 1));
    }

    private static bool HasChanged(OfficeState? before, OfficeState? after, string? interference) =>
        interference is not null || OfficeState.Format(before) != OfficeState.Format(after);

    private void Accept(HistoryEdit edit, string id, OfficeState? after, int writes)
    {
        var (lastEvent, count) = counters.GetValueOrDefault(id);
        var numbers = (after?.Events.Keys ?? []).Append(lastEvent).Append(writes > 0 ? edit.EventNumber ?? 0 : 0);
        counters[id] = (numbers.Max(), count + writes);
        if (after is null)
        {
            expected.Remove(id);
        }
        else
        {
            expected[id] = after;
        }
    }

    /// <summary>Writes as another editor: changes the note, or creates an office that the edit has just removed.</summary>
    /// <returns>The note.</returns>
    private async Task<string> InterfereAsync(string id)
    {
        var note = string.Create(CultureInfo.InvariantCulture, $"Note {step}");
        var current = await platform.CleanRegister.ReadAsync(id, cancellationToken);
        var entry = current?.Entry ?? new RegisterEntry(new Office { Id = id, Name = "Recreated", LocationPrecision = "none" }, []);
        await platform.CleanRegister.WriteAsync(
            entry with { Office = entry.Office with { Note = note } }, current?.ETag, new Signature("other", TimeProvider.System.GetUtcNow()), cancellationToken);
        totals.Interferences++;
        return note;
    }

    private void JudgeEdit(
        HistoryEdit edit, OfficeState? before, OfficeState? after, EditStatus? status, StorageUnavailableException? unavailable, string? interference)
    {
        var applied = edit.Apply(before);
        if (interference is not null)
        {
            applied = (applied ?? new OfficeState("Recreated", null, ImmutableSortedDictionary<int, string>.Empty)) with { Note = interference };
        }

        var (isApplied, isUnchanged) = (OfficeState.Format(after) == OfficeState.Format(applied), OfficeState.Format(after) == OfficeState.Format(before));
        var text = $"{edit.Kind} {edit.OfficeId} → {status?.ToString() ?? (unavailable is { IsOutcomeUnknown: true } ? "undecided" : "unavailable")}; "
            + $"before {OfficeState.Format(before)}; after {OfficeState.Format(after)}; expected {OfficeState.Format(applied)}";
        if (after?.CountDoubledEvents() > (before?.CountDoubledEvents() ?? 0))
        {
            totals.DoubledEvents++;
            Report($"doubled: {text}");
        }
        else if (!isApplied && !isUnchanged)
        {
            totals.Differences++;
            Report($"wrong state: {text}");
        }
        else if (unavailable is not null)
        {
            JudgeUnavailable(unavailable, isApplied, text);
        }
        else if (status is EditStatus.NotFound or EditStatus.VersionMismatch or EditStatus.TooManyConflicts)
        {
            totals.FalseRefusals++;
            Report($"false refusal: {text}");
        }
        else if (status is not null && !isApplied)
        {
            totals.Differences++;
            Report($"lost: {text}");
        }
    }

    private void JudgeUnavailable(StorageUnavailableException unavailable, bool isApplied, string text)
    {
        if (unavailable.IsOutcomeUnknown)
        {
            totals.Undecided++;
        }
        else if (isApplied)
        {
            totals.FalselyUnavailable++;
            Report($"applied: {text}");
        }
        else
        {
            totals.Unavailable++;
        }
    }

    private async Task ImportAsync()
    {
        await FinishImportsAsync();
        StringBuilder csv = new("id,name,locationPrecision\n");
        SortedDictionary<string, OfficeState> after = new(expected, StringComparer.Ordinal);
        foreach (var number in Enumerable.Range(0, Offices).Where(_ => random.Next(2) == 0).Append(Offices))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"office-{number}");
            var name = string.Create(CultureInfo.InvariantCulture, $"Import {step}");
            csv.Append(CultureInfo.InvariantCulture, $"{id},{name},none\n");
            after[id] = after.TryGetValue(id, out var state) ? state with { Name = name } : new OfficeState(name, null, ImmutableSortedDictionary<int, string>.Empty);
        }

        totals.Imports++;
        ImportStatus? status = null;
        StorageUnavailableException? unavailable = null;
        try
        {
            plan.IsEnabled = true;
            status = (await platform.Importer.AcceptAsync(new ImportRequest(Encoding.UTF8.GetBytes(csv.ToString()), IsJson: false, ImportMode.Merge), "tester", cancellationToken)).Status;
        }
        catch (StorageUnavailableException e)
        {
            unavailable = e;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            totals.Errors++;
            Report($"import threw {e}");
        }

        plan.IsEnabled = false;
        var pending = await platform.CleanImports.GetPendingIdsAsync(cancellationToken);
        if (unavailable is not null)
        {
            JudgeUnavailable(unavailable, pending.Count > 0, $"import → {unavailable.Message}");
        }
        else if (status is not null && status == ImportStatus.Accepted != (pending.Count == 1))
        {
            totals.Differences++;
            Report($"import {status}, but {pending.Count} are pending");
        }

        if (pending is [var accepted])
        {
            await RefreshAsync();
            await FinishImportsAsync();
            await JudgeOutcomeAsync(accepted, after);
        }
    }

    private async Task JudgeOutcomeAsync(string importId, SortedDictionary<string, OfficeState> after)
    {
        var progress = await platform.CleanImports.GetProgressAsync(importId, cancellationToken);
        if (progress?.Outcome is not { Conflicts: [] } outcome || outcome.Applied != progress.Total)
        {
            totals.Differences++;
            Report($"import {importId} has the outcome {progress?.Outcome}: {string.Join(", ", progress?.Outcome?.Conflicts ?? [])}");
        }

        foreach (var (id, state) in after.Where(pair => OfficeState.Format(pair.Value) != OfficeState.Format(expected.GetValueOrDefault(pair.Key))).ToArray())
        {
            expected[id] = state;
            var (lastEvent, writes) = counters.GetValueOrDefault(id);
            counters[id] = (lastEvent, writes + 1);
        }
    }

    private async Task FinishImportsAsync()
    {
        plan.IsEnabled = false;
        while ((await platform.CleanImports.GetPendingIdsAsync(cancellationToken)).Count > 0)
        {
            if (await platform.BreakLeaseAsync(cancellationToken))
            {
                totals.LeasesLeft++;
            }

            await platform.RefreshCleanlyAsync(cancellationToken);
        }
    }

    private async Task RefreshAsync()
    {
        if (await platform.BreakLeaseAsync(cancellationToken))
        {
            totals.LeasesLeft++;
        }

        totals.Refreshes++;
        try
        {
            plan.IsEnabled = true;
            var outcome = await platform.Publisher.RefreshAsync(cancellationToken);
            if (outcome.Result is RefreshResult.Conflict or RefreshResult.Busy or RefreshResult.RegisterLost)
            {
                totals.FalseRefusals++;
                Report($"refresh → {outcome.Result} without another instance");
            }
        }
        catch (StorageUnavailableException)
        {
            totals.Unavailable++;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            totals.Errors++;
            Report($"refresh threw {e}");
        }
        finally
        {
            plan.IsEnabled = false;
        }
    }

    /// <summary>Refreshes while the lease is lost and another instance refreshes.</summary>
    private async Task LoseLeaseAsync()
    {
        await platform.BreakLeaseAsync(cancellationToken);
        totals.Refreshes += 2;
        plan.IsEnabled = true;
        var refresh = platform.Publisher.RefreshAsync(cancellationToken);
        try
        {
            await Task.Delay(random.Next(60), cancellationToken);
            await platform.BreakLeaseAsync(cancellationToken);
            await platform.RefreshCleanlyAsync(cancellationToken);
            await refresh;
        }
        catch (StorageUnavailableException)
        {
            totals.Unavailable++;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            totals.Errors++;
            Report($"refresh without lease threw {e}");
        }
        finally
        {
            await Task.WhenAny(refresh);
            plan.IsEnabled = false;
        }
    }

    private void Report(string problem) => totals.AddProblem(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {step}: {problem}"));
}
