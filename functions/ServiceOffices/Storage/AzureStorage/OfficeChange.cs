using Azure.Data.Tables;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>One change of an office, applied by one transaction.</summary>
/// <param name="Audit">The row of the change in the audit log; contains the operation id.</param>
/// <param name="Actions">The actions of the transaction; for a new version, the first one writes the office's own row.</param>
internal sealed record OfficeChange(string OfficeId, RegisterEntry? After, EntryCounters Counters, TableEntity Audit, IReadOnlyList<TableTransactionAction> Actions)
{
    /// <param name="rows">The existing rows, with or without those of the audit log.</param>
    /// <param name="after">Null to delete the office.</param>
    public static OfficeChange Create(string officeId, List<TableEntity> rows, RegisterEntry? after, Signature signature)
    {
        List<StoredEntry> entries = [];
        TableEntityMapper.ToEntryBuilder(TableKeyEncoding.Encode(officeId), rows.Where(row => !TableEntityMapper.IsAuditRow(row))).AddTo(entries, []);
        var before = entries.FirstOrDefault()?.Entry;
        var counters = TableEntityMapper.ReadCounters(rows).Increment([.. (before?.Events ?? []).Concat(after?.Events ?? []).Select(lifecycleEvent => lifecycleEvent.Number)]);
        var audit = TableEntityMapper.ToEntity(
            AuditTrail.CreateEntry(officeId, counters.Version, TableEntityMapper.FindOfficeRow(rows) is not null, before, after, signature), counters);
        audit[TableEntityMapper.OperationColumn] = Guid.NewGuid().ToString("N");
        return new OfficeChange(officeId, after, counters, audit, TableTransaction.CreateActions(rows, after, audit, counters));
    }
}
