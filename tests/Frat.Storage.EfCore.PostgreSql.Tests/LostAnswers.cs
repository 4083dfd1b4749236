using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>Lets the server commit, and then breaks the connection.</summary>
internal sealed class LostAnswers : DbTransactionInterceptor
{
    public int Next { get; set; }

    public int Count { get; private set; }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Next-- != 1)
        {
            return Task.CompletedTask;
        }

        Count++;
        throw new NpgsqlException("Exception while reading from stream", new IOException("cut"));
    }
}
