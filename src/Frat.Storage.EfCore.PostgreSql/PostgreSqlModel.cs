using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>What PostgreSQL must be told of the model so that it means the same as on SQLite.</summary>
internal sealed class PostgreSqlModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            var stored = property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType;
            if (stored == typeof(string) || property.ClrType.IsEnum)
            {
                // Character by character, whatever the language of the database: a locale could hold two ids for equal, and orders
                // differently.
                property.SetCollation("C");
            }
            else if (property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?))
            {
                // What the clock on the wall showed is no instant.
                property.SetColumnType("timestamp without time zone");
            }
        }
    }
}
